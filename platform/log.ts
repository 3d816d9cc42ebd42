import { type Logger, pino } from "pino";
import type { PlatformSettings } from "./options";

/** The platform's log: one JSON document a line, on stderr. */
export function openLog({ logLevel }: Pick<PlatformSettings, "logLevel">): Logger {
    return pino({ level: logLevel, base: null }, pino.destination(2));
}
