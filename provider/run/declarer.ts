import { type Memory, Slot } from "./memory";

/**
 * What the class of a resource tells check about its declaration: the engine tells a dynamic provider neither the
 * resource's name nor its stack. Check leaves it out of inputs and outputs.
 */
export interface Declarer {
    /** Pulumi's project. */
    project: string;
    stack: string;
    /** The name of the resource in the program. */
    resource: string;
    /** True when the program runs for a preview. */
    isPreview: boolean;
    /** True when the declaration agrees to take the thing over, whoever has it. */
    adopt?: true;
}

/** The property that carries it. States of no version contain it. */
export const declarerProperty = "__declaredAs";

/** The identity of a declaration -> its declarer: only check gets the declarer, and check does not know the id. */
const declarers = new Slot(() => new Map<string, Declarer>());

export function noteDeclarer(memory: Memory, identity: string, declarer: Declarer): void {
    memory.of(declarers).set(identity, declarer);
}

/** Undefined when this operation has not checked the declaration. */
export function findDeclarer(memory: Memory, identity: string): Declarer | undefined {
    return memory.of(declarers).get(identity);
}
