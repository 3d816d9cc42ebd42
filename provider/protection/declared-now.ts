import { type Memory, Slot } from "../run/memory";

/**
 * What this operation declares: `application 1335/7171` -> the name of its resource, where that is known.
 *
 * The engine starts a process per operation and provider, so this is of one operation. Two cases it cannot see: what
 * another provider of the program declares, and what is registered only after a replacement has deleted.
 */
const declared = new Slot(() => new Map<string, string | undefined>());

/** Kinds that have other things below their ids, which go with them. */
const holders: readonly string[] = ["organization", "application", "environment"];

/** Remembers that this operation made things, took them over, changed them or found them as they are declared. */
export function noteDeclared(memory: Memory, things: readonly string[], name: string | undefined): void {
    const known = memory.of(declared);
    for (const thing of things) known.set(thing, name ?? known.get(thing));
}

/** True when this operation declares exactly this thing. */
export function isDeclared(memory: Memory, thing: string): boolean {
    return memory.of(declared).has(thing);
}

/**
 * Why deleting a thing would take away what this operation declares, in words; undefined when it would not. A resource
 * under a new name takes over what the old name had, and then the old name is deleted.
 */
export function reasonToKeep(memory: Memory, kind: string, id: string): string | undefined {
    const known = memory.of(declared);
    const thing = `${kind} ${id}`;
    if (known.has(thing)) {
        const name = known.get(thing);
        return name === undefined ? "this operation declares it under another name" : `now declared as ${name}`;
    }
    if (!holders.includes(kind)) return undefined;
    const below = [...known.keys()].find((each) => each.slice(each.indexOf(" ") + 1).startsWith(`${id}/`));
    return below && `this operation declares ${below}, which would go with it`;
}
