import { cnameTarget } from "section-model";
import type { RecordType } from "../dns/record-data";
import { defaultTtlSeconds } from "../dns/zone-record";
import type { Database } from "../store/database";
import { deleteAliasesToEdge, deleteRecords, listRecords, putRecord } from "../store/zone-records";
import { findZoneAround, lockZone } from "../store/zones";
import type { Context } from "./context";

/** The types that give the target of a name. */
const leadingTypes: readonly RecordType[] = ["A", "AAAA", "ALIAS", "CNAME"];

/**
 * Leads a hostname to the platform, if the account hosts its zone. Records that lead it elsewhere stay, so that no
 * site goes live because somebody prepares it; with `replace` they are replaced.
 */
export async function addSiteRecord(
    { options }: Context,
    transaction: Database,
    accountId: number,
    hostname: string,
    { replace = false } = {},
): Promise<void> {
    const around = await findZoneAround(transaction, accountId, hostname);
    const zone = around && (await lockZone(transaction, accountId, around.name));
    if (zone === undefined) return;
    const standing = await listRecords(transaction, accountId, zone.name, hostname);
    const isLeading = ({ type }: { type: RecordType }) => leadingTypes.includes(type);
    if (standing.some(isLeading) && !replace) return;
    await deleteRecords(transaction, accountId, zone.name, hostname, leadingTypes);
    const standsAlone = hostname !== zone.name && standing.every(isLeading);
    const data = [cnameTarget(hostname, options.edgeDomain)];
    await putRecord(transaction, accountId, zone.name, {
        name: hostname,
        type: standsAlone ? "CNAME" : "ALIAS",
        ttlSeconds: defaultTtlSeconds,
        data,
    });
}

/** Takes back the records that lead hostnames to the platform. */
export async function removeSiteRecords(
    { options }: Context,
    transaction: Database,
    accountId: number,
    hostnames: readonly string[],
): Promise<void> {
    if (hostnames.length > 0) await deleteAliasesToEdge(transaction, accountId, hostnames, options.edgeDomain);
}
