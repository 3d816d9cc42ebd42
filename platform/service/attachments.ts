import type { Database, DomainRow } from "../store/database";
import { type DomainSelection, deleteDomains, insertDomain } from "../store/domains";
import type { Context } from "./context";
import { addSiteRecord, removeSiteRecords } from "./site-records";

/**
 * The one way in which a hostname comes to an environment: the row, and its record where the account hosts the zone.
 */
export async function attachHostname(
    context: Context,
    transaction: Database,
    domain: Pick<DomainRow, "hostname" | "account_id" | "application_id" | "environment_id">,
): Promise<void> {
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
