/** Something that one file of the provider remembers during a run, and how it begins. The file alone has the slot. */
export class Slot<T> {
    constructor(readonly begin: () => T) {}
}

/** What a run remembers. Modules remember nothing: a process may have several runs, and tests have many. */
export class Memory {
    readonly #kept = new Map<Slot<unknown>, unknown>();

    /** What is remembered in a slot; what it begins with when nothing was yet. */
    of<T>(slot: Slot<T>): T {
        if (!this.#kept.has(slot)) this.#kept.set(slot, slot.begin());
        return this.#kept.get(slot) as T;
    }
}
