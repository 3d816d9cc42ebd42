import { Problem } from "section-model";
import { type Memory, Slot } from "../run/memory";

interface Declared {
    /** `application 1335/7171` -> the name of its resource, if known. */
    names: Map<string, string | undefined>;
    /** The id of a larger thing -> one of the things in it. */
    withinOf: Map<string, string>;
}

/**
 * The things that this operation declares.
 *
 * The engine starts a process per operation and provider, so that these belong to one operation. It cannot see two
 * cases: declarations with another provider, and resources that are registered only after a replacement has deleted.
 */
const declared = new Slot((): Declared => ({ names: new Map(), withinOf: new Map() }));

/** Kinds that contain other things: deleting one deletes these too. */
const holders: readonly string[] = ["organization", "application", "environment"];

/** Remembers things that this operation created, adopted, changed, or found as declared. */
export function noteDeclared(memory: Memory, things: readonly string[], name: string | undefined): void {
    const { names, withinOf } = memory.of(declared);
    for (const thing of things) {
        names.set(thing, name ?? names.get(thing));
        const parts = thing.slice(thing.indexOf(" ") + 1).split("/");
        for (let end = parts.length - 1; end > 0; end -= 1) {
            const larger = parts.slice(0, end).join("/");
            if (!withinOf.has(larger)) withinOf.set(larger, thing);
        }
    }
}

/** True when this operation declares exactly this thing. */
export function isDeclared(memory: Memory, thing: string): boolean {
    return memory.of(declared).names.has(thing);
}

const created = new Slot(() => new Set<string>());

/** Remembers a thing that this operation has created or adopted for a resource. */
export function noteCreated(memory: Memory, thing: string): void {
    memory.of(created).add(thing);
}

/**
 * Refuses a new resource for a thing that another one of this operation declares. The program refuses most doubles at
 * preview; of two organizations of one name it knows only afterwards that they are one.
 *
 * @param name of the resource; undefined where nobody told it
 */
export function refuseDeclaredTwice(memory: Memory, thing: string, name: string | undefined): void {
    const other = memory.of(declared).names.get(thing);
    const isOther = other !== undefined && name !== undefined && other !== name;
    if (!isOther && !memory.of(created).has(thing)) return;
    throw new Problem(
        "takes-over",
        `${thing} is declared twice, ${isOther ? `as ${other} and as ${name}` : "by two resources"}`,
        {
            remedy: "Remove one of the two resources, or give one of them another name",
        },
    );
}

/**
 * The reason not to delete a thing: this operation declares it or something in it. Undefined when it may go. For
 * example, a renamed resource adopts the thing of the old name, and then the engine deletes the old name.
 */
export function reasonToKeep(memory: Memory, kind: string, id: string): string | undefined {
    const { names, withinOf } = memory.of(declared);
    const thing = `${kind} ${id}`;
    if (names.has(thing)) {
        const name = names.get(thing);
        return name === undefined ? "this operation declares it under another name" : `now declared as ${name}`;
    }
    const within = holders.includes(kind) ? withinOf.get(id) : undefined;
    return within && `this operation declares ${within}, which would go with it`;
}
