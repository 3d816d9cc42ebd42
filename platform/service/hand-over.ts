import { lockAccounts } from "../store/accounts";
import type { StoredClaim } from "../store/column";
import type { Database, EnvironmentRow } from "../store/database";
import { type DomainOwner, findDomain, moveDomainRow, type NamedDomain } from "../store/domains";
import { findEnvironment } from "../store/environments";
import { type Doer, noteChange } from "./changes";
import type { Context } from "./context";
import { addSiteRecord } from "./site-records";

/** An environment of any account, as a request names it. */
export interface HostnamePlace {
    accountId: number;
    applicationId: number;
    environment: string;
}

/** The environment that gets a hostname. */
export type Receiver = DomainOwner & { environment_name: string };

export function receiverOf({ id, name, account_id, application_id }: EnvironmentRow): Receiver {
    return { account_id, application_id, environment_id: id, environment_name: name };
}

/** What the log calls an environment when it speaks to people of an account: nothing of other accounts is told. */
function wordsFor(accountId: number, place: Receiver, other: Receiver): string {
    if (place.account_id !== accountId) return "another organization";
    const isOneApplication = place.application_id === other.application_id;
    return isOneApplication
        ? place.environment_name
        : `${place.environment_name} of application ${place.application_id}`;
}

/** A line for the application that gets the hostname, then one for the application that loses it. */
async function noteHandOver(transaction: Database, doer: Doer, from: NamedDomain, to: Receiver): Promise<void> {
    const { hostname } = from;
    if (from.application_id !== to.application_id)
        await noteChange(transaction, { accountId: to.account_id, ...doer }, "domain.move", {
            thing: { application_id: to.application_id, hostname },
            from: wordsFor(to.account_id, from, to),
            to: to.environment_name,
        });
    await noteChange(transaction, { accountId: from.account_id, ...doer }, "domain.move", {
        thing: { application_id: from.application_id, hostname },
        from: from.environment_name,
        to: wordsFor(from.account_id, to, from),
    });
}

/**
 * The one way in which a hostname goes from one environment to another. It is attached all the time, stays as live as
 * it is, and keeps its certificate. Records that lead it to the platform stay in the zone that they are in.
 *
 * @param transaction holds both accounts
 * @param claim the one that it has from now on
 */
export async function handOver(
    context: Context,
    transaction: Database,
    doer: Doer,
    domain: NamedDomain,
    { environment_name, ...owner }: Receiver,
    claim: StoredClaim | null,
): Promise<void> {
    await moveDomainRow(transaction, domain, { ...owner, claim });
    if (owner.account_id !== domain.account_id)
        await addSiteRecord(context, transaction, owner.account_id, domain.hostname);
    await noteHandOver(transaction, doer, domain, { environment_name, ...owner });
}

/** A hostname that something new took, and where it took it from. */
export interface TakenHostname {
    hostname: string;
    from: HostnamePlace;
    /** The one that it had there. */
    claim: StoredClaim | null;
}

/**
 * Gives a hostname back with its former claim, because the environment that took it cannot be made. If the former
 * environment is gone meanwhile, the hostname stays with the one that took it, and goes with it.
 */
export async function returnHostname(
    context: Context,
    transaction: Database,
    doer: Doer,
    { hostname, from, claim }: TakenHostname,
    by: Omit<DomainOwner, "application_id">,
): Promise<void> {
    await lockAccounts(transaction, [by.account_id, from.accountId]);
    const former = await findEnvironment(transaction, from.accountId, from.applicationId, from.environment);
    const domain = await findDomain(transaction, by.account_id, hostname);
    if (former === undefined || domain?.environment_id !== by.environment_id) return;
    await handOver(context, transaction, doer, domain, receiverOf(former), claim);
}
