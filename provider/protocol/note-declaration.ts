import type { AnyNoun } from "../nouns/noun";
import { noteDeclared } from "../protection/declared-now";
import { Slot } from "../run/memory";
import { type Properties, withoutInternal } from "../run/properties";
import type { NounInRun } from "./noun-in-run";

/** The identity of a declaration -> the name of its resource: check gets the name and never the id. */
const names = new Slot(() => new Map<string, string>());

function identityOf({ kind, replacesOn, compares }: AnyNoun, inputs: Properties): string {
    const keys: readonly string[] = replacesOn.length > 0 ? replacesOn : compares;
    return JSON.stringify([kind, ...keys.map((key) => inputs[key])]);
}

/** Remembers the name of a declaration in the program. */
export function noteName({ noun, memory }: NounInRun, inputs: Properties, name: unknown): void {
    if (typeof name === "string") memory.of(names).set(identityOf(noun, inputs), name);
}

/** Remembers that this operation declares a thing: deleting another resource must not remove it. */
export function noteDeclaration({ noun, memory }: NounInRun, id: string, inputs: Properties): void {
    const things = noun.claims?.(id, withoutInternal(inputs) as never) ?? [`${noun.kind} ${id}`];
    noteDeclared(memory, things, memory.of(names).get(identityOf(noun, inputs)));
}
