import type { AnyNoun } from "../nouns/noun";
import { noteDeclared } from "../protection/declared-now";
import { type Declarer, findDeclarer, noteDeclarer } from "../run/declarer";
import { type Properties, withoutInternal } from "../run/properties";
import type { NounInRun } from "./noun-in-run";

function identityOf({ kind, replacesOn, compares }: AnyNoun, inputs: Properties): string {
    const keys: readonly string[] = replacesOn.length > 0 ? replacesOn : compares;
    return JSON.stringify([kind, ...keys.map((key) => inputs[key])]);
}

/** Remembers who makes a declaration. */
export function noteDeclarerOf({ noun, memory }: NounInRun, inputs: Properties, declarer: Declarer): void {
    noteDeclarer(memory, identityOf(noun, inputs), declarer);
}

/** Who makes a declaration. Undefined when this operation has not checked it. */
export function declarerOf({ noun, memory }: NounInRun, inputs: Properties): Declarer | undefined {
    return findDeclarer(memory, identityOf(noun, inputs));
}

/** Remembers that this operation declares a thing: deleting another resource must not remove it. */
export function noteDeclaration(asked: NounInRun, id: string, inputs: Properties): void {
    const { noun, memory } = asked;
    const things = noun.claims?.(id, withoutInternal(inputs) as never) ?? [`${noun.kind} ${id}`];
    noteDeclared(memory, things, declarerOf(asked, inputs)?.resource);
}
