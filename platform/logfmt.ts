const levels: Record<number, string> = { 10: "trace", 20: "debug", 30: "info", 40: "warn", 50: "error", 60: "fatal" };

function quote(value: unknown): string {
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    return /^[^\s"=]+$/.test(text) ? text : JSON.stringify(text);
}

/** Turns a line of the log from JSON into `time level message key=value`, which people read more easily. */
export function formatLogfmt(line: string): string {
    const { time, level, msg, ...details } = JSON.parse(line) as Record<string, unknown>;
    const pairs = Object.entries(details).map(([key, value]) => ` ${key}=${quote(value)}`);
    return `${time} ${levels[Number(level)] ?? level} ${quote(msg)}${pairs.join("")}\n`;
}
