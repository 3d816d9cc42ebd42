import { type Memory, Slot } from "./memory";

/**
 * What the class of a resource tells check about its declaration: the engine tells a dynamic provider neither the
 * resource's name nor its stack. Check leaves it out of inputs and outputs.
 */
export interface Claimant {
    /** Pulumi's project. */
    project: string;
    stack: string;
    /** The name of the resource in the program. */
    resource: string;
    /** The thing by names, such as `(Acme)/www.acme.example`, where the program says them. */
    place?: string;
    /** True when the program runs for a preview. Undefined where nobody tells: the engine does not tell a plugin. */
    isPreview?: boolean;
    /** True when the declaration agrees to take the thing over, whoever has it. */
    adopt?: true;
    /** The hostnames that the program declares, with blanks between them, or the path of the file that lists them. */
    hostnames?: string;
    /** The declared files whose content is a secret; true for all of them. */
    secretFiles?: string[] | true;
    /** The stack of the site, where the program declares the site too; "" for the usual one. */
    siteStack?: string;
}

/**
 * The property that carries it, as one text: the SDK makes some thirty promises of each property of an object, and the
 * engine writes each into its log at every step. States of no version contain it.
 */
export const claimantProperty = "__declaredAs";

export function writeClaimant(claimant: Partial<Claimant>): string {
    return JSON.stringify(claimant);
}

/** Undefined for a declaration that is of no class of this package. */
export function readClaimant(declaration: Record<string, unknown>): Claimant | undefined {
    const text = declaration[claimantProperty];
    return typeof text === "string" ? JSON.parse(text) : undefined;
}

/** The identity of a declaration -> its claimant: only check gets the claimant, and check does not know the id. */
const claimants = new Slot(() => new Map<string, Claimant>());

/** The identity of a declaration: its kind, and the properties that tell it from others of its kind. */
export function identityOf(kind: string, properties: readonly unknown[]): string {
    return JSON.stringify([kind, ...properties]);
}

export function noteClaimant(memory: Memory, identity: string, claimant: Claimant): void {
    memory.of(claimants).set(identity, claimant);
}

/** Undefined when this operation has not checked the declaration. */
export function findClaimant(memory: Memory, identity: string): Claimant | undefined {
    return memory.of(claimants).get(identity);
}

/** Who declares an environment, in this operation. */
export function findMaker(memory: Memory, { application, name }: { application: string; name: string }) {
    return findClaimant(memory, identityOf("environment", [application, name]));
}
