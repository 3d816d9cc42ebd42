import { type Memory, Slot } from "../run/memory";

const arrived = new Slot(() => new Set<string>());

/**
 * Remembers that this operation has created or adopted a thing. The engine starts a process per operation, so that the
 * memory has only things of this operation.
 *
 * @param thing such as `organization 1335`
 */
export function noteArrival(memory: Memory, thing: string): void {
    memory.of(arrived).add(thing);
}

/**
 * True when this operation has created or adopted the thing: no preview can have shown its content. A thing that was
 * found as declared has not arrived; `declared-now.ts` knows both.
 */
export function hasArrived(memory: Memory, thing: string): boolean {
    return memory.of(arrived).has(thing);
}
