import { canRedraw } from "section-display";

/** True when a line on stderr can be drawn again. */
export const isRedrawn = () => canRedraw(process.stderr, process.env);
