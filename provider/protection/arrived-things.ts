import { type Memory, Slot } from "../run/memory";

const arrived = new Slot(() => new Set<string>());

/**
 * Remembers that this operation has made something or taken it over. The engine starts a process per operation, so a
 * preview of it knows nothing of what came before the preview.
 *
 * @param thing such as `organization 1335`
 */
export function noteArrival(memory: Memory, thing: string): void {
    memory.of(arrived).add(thing);
}

/**
 * True when this operation has made it or taken it over: no preview can have shown what was found there. What an
 * operation only finds as it is declared has not arrived; `declared-now.ts` knows both.
 */
export function hasArrived(memory: Memory, thing: string): boolean {
    return memory.of(arrived).has(thing);
}
