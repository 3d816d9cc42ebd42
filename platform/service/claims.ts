import { formatHolder, type NewClaim, normaliseEmail, normaliseHostname, Problem } from "section-model";
import type { Member } from "../auth/caller";
import { lockAccount } from "../store/accounts";
import { type ClaimableThing, type ClaimChange, findClaimable, type ThingName, updateClaims } from "../store/claims";
import type { StoredClaim } from "../store/column";
import type { ChangedThing } from "../store/database";
import { noteChanges } from "./changes";
import type { Context } from "./context";

/** A claim that is made now; null where none is. */
export function stampClaim({ now }: Pick<Context, "now">, claim: NewClaim | null = null): StoredClaim | null {
    return claim && { ...claim, claimed_at: now().toISOString() };
}

/** The wish to take a thing over, or to release it. */
export interface ClaimRequest {
    thing: ThingName;
    /** The id of the present claim as the caller knows it; null for none. */
    expected: string | null;
    /** null releases the thing. */
    claim: NewClaim | null;
}

export interface ClaimOutcome {
    thing: ThingName;
    /** `held`: its claim is another one than the expected one. */
    outcome: "set" | "held" | "missing";
    /** The claim after the request. */
    claim: StoredClaim | null;
}

/** A thing's name as the database spells it. */
function normaliseName({ email, hostname, ...thing }: ThingName): ThingName {
    return {
        ...thing,
        ...(email !== undefined && { email: normaliseEmail(email) }),
        ...(hostname !== undefined && { hostname: normaliseHostname(hostname) }),
    };
}

/** The words of a thing's name as the log of the account has them. */
function loggedThing(name: ThingName, { kind, id }: ClaimableThing): ChangedThing {
    return kind === "member" && id !== null ? { ...name, user_id: id } : name;
}

function refuseTwice(names: readonly ThingName[]): void {
    const seen = new Map<string, number>();
    for (const [index, { email, application_id, environment_name, hostname }] of names.entries()) {
        const name = JSON.stringify([email, application_id, environment_name, hostname]);
        const first = seen.get(name);
        if (first !== undefined) {
            const property = `claims.${index}.thing`;
            throw new Problem("invalid-input", `${property} is the thing of claims.${first} again`, { property });
        }
        seen.set(name, index);
    }
}

const idOf = (claim: Pick<StoredClaim, "id"> | null): string | null => claim?.id ?? null;
const holderOf = (claim: StoredClaim | null): string | undefined => (claim === null ? undefined : formatHolder(claim));

/** True for one claim in the same words. With other words it moves, as a resource moves to another stack. */
function isSameClaim(one: StoredClaim | null, other: NewClaim | null): boolean {
    if (one === null || other === null) return one === other;
    return one.id === other.id && formatHolder(one) === formatHolder(other);
}

/** The changes to make: of things that have the expected claim, and not yet the wanted one. */
function planChanges(
    context: Context,
    requests: readonly ClaimRequest[],
    things: ReadonlyMap<number, ClaimableThing>,
): ClaimChange[] {
    return requests.flatMap(({ expected, claim }, index) => {
        const thing = things.get(index);
        if (thing === undefined || idOf(thing.claim) !== expected || isSameClaim(thing.claim, claim)) return [];
        return [{ thing, expected, claim: stampClaim(context, claim) }];
    });
}

/**
 * Takes over or releases things, each by compare-and-set: it changes only what still has the expected claim. What has
 * the wanted claim already counts as changed, so that a request can be repeated after a lost reply.
 */
export async function setClaims(
    context: Context,
    member: Member,
    requests: readonly ClaimRequest[],
): Promise<ClaimOutcome[]> {
    const names = requests.map(({ thing }) => normaliseName(thing));
    refuseTwice(names);
    return context.store.transact(async (transaction) => {
        await lockAccount(transaction, member.accountId);
        const found = await findClaimable(transaction, member.accountId, names);
        const things = new Map(found.map((thing) => [thing.index, thing]));
        const changes = await updateClaims(transaction, member.accountId, planChanges(context, requests, things));
        await noteChanges(
            transaction,
            member,
            changes.map(({ thing, claim }) => ({
                kind: claim === null ? "claim.release" : "claim.take",
                thing: loggedThing(names[thing.index] as ThingName, thing),
                from: holderOf(thing.claim),
                to: holderOf(claim),
            })),
        );
        const after = new Map(found.map(({ index, claim }) => [index, claim]));
        for (const { thing, claim } of changes) after.set(thing.index, claim);
        return requests.map(({ thing, claim: wanted }, index): ClaimOutcome => {
            const claim = after.get(index);
            if (claim === undefined) return { thing, outcome: "missing", claim: null };
            return { thing, outcome: idOf(claim) === idOf(wanted) ? "set" : "held", claim };
        });
    });
}
