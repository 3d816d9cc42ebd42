import { type Memory, Slot } from "../run/memory";
import type { Properties } from "../run/properties";

/** A resource that leaves the program, as the state has it. */
export interface Leaving {
    kind: string;
    outputs: Properties;
}

/** Carries a declaration out again, where its thing is as the leaving resource has made it. */
export type Restore = (leaving: Leaving) => Promise<void>;

/** Things of declarations that were found as the state has them -> how to carry them out again. */
const standing = new Slot(() => new Map<string, Restore>());

/** Remembers a declaration without a change: the engine does not ask for it again in this operation. */
export function noteStanding(memory: Memory, things: readonly string[], restore: Restore): void {
    for (const thing of things) memory.of(standing).set(thing, restore);
}

/** Undefined when nothing declares the thing, or when this operation carries the declaration out anyway. */
export function findStanding(memory: Memory, thing: string): Restore | undefined {
    return memory.of(standing).get(thing);
}
