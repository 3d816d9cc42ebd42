import { type Memory, Slot } from "../run/memory";

const made = new Slot(() => new Set<string>());

/** Remembers an organization or application that this operation has created: all in it is this operation's too. */
export function noteMade(memory: Memory, kind: string, id: string): void {
    if (kind === "organization" || kind === "application") memory.of(made).add(id);
}

/** True when a thing is in one that this operation has created, so that nobody else can have made it. */
export function isInMade(memory: Memory, id: string): boolean {
    const parts = id.split("/");
    return parts.some((_, index) => memory.of(made).has(parts.slice(0, index).join("/")));
}
