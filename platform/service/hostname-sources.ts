import type { Caller } from "../auth/caller";
import { lockAccounts } from "../store/accounts";
import type { StoredClaim } from "../store/column";
import type { Database } from "../store/database";
import { findDomain, isHostnameTaken } from "../store/domains";
import { findEnvironment } from "../store/environments";
import { findCapability } from "../store/memberships";
import type { Context } from "./context";
import { type HostnamePlace, handOver, type Receiver, type TakenHostname } from "./hand-over";
import { makeTaken } from "./hostnames";
import { findMember } from "./memberships";
import { type ExpectedClaim, refuseOtherClaim } from "./refuse-held";
import { requireSecondFactor } from "./two-factor";

/** The place that has a hostname, as a request names it. From anywhere else the hostname is not taken. */
export interface TakesFrom extends HostnamePlace {
    /** The claim that the hostname must have there. Missing: it is taken from whoever holds it. */
    claim?: ExpectedClaim;
}

/** A place that the caller may take hostnames from: they administer its account. */
export interface HostnameSource extends TakesFrom {
    caller: Caller;
}

/**
 * The place that a request takes its hostname from. Undefined if it names none or one of an account that the caller
 * does not administer: then the request goes on as if it named none, so that nobody learns of others' things.
 *
 * @param accountId the account that gets the hostname, whose own access has been granted; undefined for a new one
 */
export async function findSource(
    context: Context,
    { caller, accountId }: { caller: Caller; accountId?: number },
    place: TakesFrom | undefined,
): Promise<HostnameSource | undefined> {
    const member = place && (await findMember(context, caller, place.accountId));
    if (member?.capability !== "admin") return undefined;
    if (member.accountId !== accountId) await requireSecondFactor(context, caller, member);
    return { ...(place as TakesFrom), caller };
}

/** Refuses a hostname that somebody has, unless it is where the request may take it from. */
export async function refuseTaken(
    { store }: Context,
    hostname: string,
    asked: string,
    source: HostnameSource | undefined,
): Promise<void> {
    const { database } = store;
    if (!(await isHostnameTaken(database, hostname))) return;
    const domain = source && (await findDomain(database, source.accountId, hostname));
    const isThere =
        domain?.application_id === source?.applicationId && domain?.environment_name === source?.environment;
    if (domain === undefined || !isThere) throw makeTaken(asked);
}

/** Holds the account that gets a hostname, and the one that it is taken from. */
export async function lockBoth(
    transaction: Database,
    accountId: number,
    source: HostnameSource | undefined,
): Promise<void> {
    await lockAccounts(transaction, source === undefined ? [accountId] : [accountId, source.accountId]);
}

/**
 * Takes a hostname from its place, if it is attached exactly there. Undefined if not: then it has to come as any other.
 *
 * @param transaction holds both accounts
 * @param claim the one that it has from now on
 */
export async function takeHostname(
    context: Context,
    transaction: Database,
    hostname: string,
    source: HostnameSource | undefined,
    to: Receiver,
    claim: StoredClaim | null = null,
): Promise<TakenHostname | undefined> {
    if (source === undefined) return undefined;
    const { caller, claim: expected, ...from } = source;
    // the account was not held when the source was found
    if ((await findCapability(transaction, from.accountId, caller.userId)) !== "admin") return undefined;
    const environment = await findEnvironment(transaction, from.accountId, from.applicationId, from.environment);
    const domain = await findDomain(transaction, from.accountId, hostname);
    if (environment === undefined || domain?.environment_id !== environment.id) return undefined;
    refuseOtherClaim(hostname, domain.claim, expected);
    await handOver(context, transaction, { caller }, domain, to, claim);
    return { hostname, from, claim: domain.claim };
}
