import { canRedraw } from "section-display";

/** True where a line on stderr can be drawn again. */
export function isRedrawn(): boolean {
    return canRedraw(process.stderr, process.env);
}
