import { type Memory, Slot } from "./memory";

const unchecked = new Slot(() => ({ things: new Set<string>(), reason: "" }));

/** Remembers that something was not checked, for the one line at the end of a run. */
export function noteUnchecked(memory: Memory, thing: string, reason: string): void {
    const all = memory.of(unchecked);
    all.things.add(thing);
    all.reason = reason;
}

const uncheckedPhrase = "not checked with the platform: ";

/** True for such a line. */
export function isUncheckedLine(line: string): boolean {
    return line.startsWith(uncheckedPhrase);
}

/** A line for what a run could not check: the thing, or the number of things. Undefined when it checked everything. */
export function sayUnchecked(memory: Memory): string | undefined {
    const { things, reason } = memory.of(unchecked);
    if (things.size === 0) return undefined;
    const [only] = things;
    return `${uncheckedPhrase}${things.size === 1 ? only : `${things.size} things`}. ${reason}`;
}
