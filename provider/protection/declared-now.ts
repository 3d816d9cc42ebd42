import { type Memory, Slot } from "../run/memory";

/**
 * The things that this operation declares: `application 1335/7171` -> the name of its resource, if known.
 *
 * The engine starts a process per operation and provider, so that these belong to one operation. It cannot see two
 * cases: declarations with another provider, and resources that are registered only after a replacement has deleted.
 */
const declared = new Slot(() => new Map<string, string | undefined>());

/** Kinds that contain other things: deleting one deletes these too. */
const holders: readonly string[] = ["organization", "application", "environment"];

/** Remembers things that this operation created, adopted, changed, or found as declared. */
export function noteDeclared(memory: Memory, things: readonly string[], name: string | undefined): void {
    const known = memory.of(declared);
    for (const thing of things) known.set(thing, name ?? known.get(thing));
}

/** True when this operation declares exactly this thing. */
export function isDeclared(memory: Memory, thing: string): boolean {
    return memory.of(declared).has(thing);
}

/**
 * The reason not to delete a thing: this operation declares it or something in it. Undefined when it may go. For
 * example, a renamed resource adopts the thing of the old name, and then the engine deletes the old name.
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
