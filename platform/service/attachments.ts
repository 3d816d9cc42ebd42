import { Problem } from "section-model";
import type { Database } from "../store/database";
import { isTaken } from "../store/database-failure";
import {
    type DomainSelection,
    deleteDomains,
    findDomain,
    hostnameConstraint,
    insertDomain,
    type NamedDomain,
    type NewDomain,
} from "../store/domains";
import type { Context } from "./context";
import { addSiteRecord, removeSiteRecords } from "./site-records";

/** Refuses a hostname that another environment of the account has, naming it. */
export async function refuseAttached(database: Database, accountId: number, hostname: string): Promise<void> {
    refuseElsewhere(await findDomain(database, accountId, hostname));
}

/** Refuses a hostname that has an environment, naming it to the people of its account. */
export function refuseElsewhere(domain: NamedDomain | undefined): void {
    if (domain === undefined) return;
    const { hostname, account_id: accountId } = domain;
    throw new Problem(
        "domain-elsewhere",
        `${hostname} is attached to environment ${domain.environment_name} of application ${domain.application_id} in account ${accountId}`,
    );
}

/** A hostname that somebody else has: whose it is nobody learns. */
export function foreignDomainAsProblem(error: unknown, asked: string): unknown {
    return isTaken(error, hostnameConstraint)
        ? new Problem("domain-elsewhere", `${asked} is in use on this platform`, { cause: error })
        : error;
}

/**
 * The one way in which a hostname comes to an environment: the row, and its record if the account hosts the zone.
 */
export async function attachHostname(context: Context, transaction: Database, domain: NewDomain): Promise<void> {
    await insertDomain(transaction, domain);
    await addSiteRecord(context, transaction, domain.account_id, domain.hostname);
}

/** The one way in which hostnames go, with their records in hosted zones. */
export async function detachHostnames(
    context: Context,
    transaction: Database,
    accountId: number,
    selection: DomainSelection,
): Promise<void> {
    const hostnames = await deleteDomains(transaction, accountId, selection);
    await removeSiteRecords(context, transaction, accountId, hostnames);
}
