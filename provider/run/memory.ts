/**
 * A place for a value that one file of the provider remembers during a run, with its first value. Only that file has
 * it.
 */
export class Slot<T> {
    constructor(readonly begin: () => T) {}
}

/** The memory of a run. Modules have no state of their own: a process may have several runs, and tests have many. */
export class Memory {
    readonly #kept = new Map<Slot<unknown>, unknown>();

    /** The value of a slot, at first the one that it begins with. */
    of<T>(slot: Slot<T>): T {
        if (!this.#kept.has(slot)) this.#kept.set(slot, slot.begin());
        return this.#kept.get(slot) as T;
    }
}
