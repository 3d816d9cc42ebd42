import { type NewClaim, productionName } from "section-model";
import type { AnyNoun } from "../nouns/noun";
import { noteHome } from "../protection/declared-homes";
import { noteDeclared } from "../protection/declared-now";
import { noteRememberedClaim } from "../protection/return-claim";
import { type Claimant, findClaimant, identityOf, noteClaimant } from "../run/claimant";
import { type Properties, withoutInternal } from "../run/properties";
import { hasUnknown } from "../run/unknown";
import type { NounInRun } from "./noun-in-run";

function identityIn({ kind, replacesOn, compares }: AnyNoun, inputs: Properties): string {
    const keys: readonly string[] = replacesOn.length > 0 ? replacesOn : compares;
    return identityOf(
        kind,
        keys.map((key) => inputs[key]),
    );
}

/** Remembers who makes a declaration. */
export function noteClaimantOf({ noun, memory }: NounInRun, inputs: Properties, claimant: Claimant): void {
    noteClaimant(memory, identityIn(noun, inputs), claimant);
}

/**
 * The name of another resource that makes the same declaration in this operation. Undefined when there is none, and
 * where ids are not known yet.
 */
export function findDouble(
    { noun, memory }: NounInRun,
    inputs: Properties,
    { resource }: Claimant,
): string | undefined {
    if (noun.replacesOn.length === 0 || noun.replacesOn.some((key) => hasUnknown(inputs[key]))) return undefined;
    const other = findClaimant(memory, identityIn(noun, inputs))?.resource;
    return other === resource ? undefined : other;
}

/** Who makes a declaration. Undefined when this operation has not checked it. */
export function claimantOf({ noun, memory }: NounInRun, inputs: Properties): Claimant | undefined {
    return findClaimant(memory, identityIn(noun, inputs));
}

/** The environment that a declaration of a hostname means. */
function homeOf(kind: string, id: string, { environment }: Properties): string | undefined {
    if (kind === "domain") return String(environment);
    return { environment: id, application: `${id}/${productionName}` }[kind];
}

function rememberedClaim(claimant: Claimant | undefined, claim: unknown): NewClaim | undefined {
    if (claimant === undefined || typeof claim !== "string" || claim === "") return undefined;
    const { project, stack, resource } = claimant;
    return { id: claim, project, stack, resource };
}

/** The things that a declaration claims. */
export function listDeclaredThings({ kind, claims }: AnyNoun, id: string, inputs: Properties): string[] {
    return claims?.(id, withoutInternal(inputs) as never) ?? [`${kind} ${id}`];
}

/**
 * Remembers that this operation declares a thing: deleting another resource must not remove it.
 *
 * @param claim the id of its claim in the state, of a thing that is declared as before
 */
export function noteDeclaration(asked: NounInRun, id: string, inputs: Properties, claim?: unknown): void {
    const { noun, memory } = asked;
    const things = listDeclaredThings(noun, id, inputs);
    const claimant = claimantOf(asked, inputs);
    noteDeclared(memory, things, claimant?.resource);
    const known = rememberedClaim(claimant, claim);
    const environment = homeOf(noun.kind, id, inputs);
    if (environment !== undefined && typeof inputs.hostname === "string")
        noteHome(memory, inputs.hostname, { environment, ...(noun.kind === "domain" && known && { claim: known }) });
    if (known === undefined) return;
    for (const thing of things) noteRememberedClaim(memory, thing, known);
}
