import { type Logger, pino } from "pino";
import { describeFailure } from "./log-failure";
import { formatLogfmt } from "./logfmt";
import type { PlatformSettings } from "./options";

/** The platform's log: a line for each event, on stderr. */
export function openLog({
    logLevel,
    logFormat = "json",
}: Pick<PlatformSettings, "logLevel"> & Partial<PlatformSettings>): Logger {
    const stderr = pino.destination(2);
    const sink = logFormat === "json" ? stderr : { write: (line: string) => void stderr.write(formatLogfmt(line)) };
    return pino(
        {
            level: logLevel,
            base: null,
            timestamp: pino.stdTimeFunctions.isoTime,
            serializers: { err: describeFailure },
        },
        sink,
    );
}
