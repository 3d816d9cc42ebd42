import { isWithin, Problem, zoneName } from "section-model";
import type { Member } from "../auth/caller";
import type { ZoneRecord } from "../dns/zone-record";
import { lockAccount } from "../store/accounts";
import type { Database } from "../store/database";
import { listDomainRows } from "../store/domains";
import { listRecords, listServedNames, putRecord, type ServedName } from "../store/zone-records";
import {
    deleteZoneRow,
    findZone,
    findZoneAround,
    insertZone,
    isZoneElsewhere,
    listZoneRows,
    lockZones,
} from "../store/zones";
import type { Context } from "./context";
import type { DomainPlace } from "./domains";
import { getEnvironment } from "./environments";
import { requireHostname } from "./hostnames";
import { addSiteRecord } from "./site-records";
import { importZone, type Missed } from "./zone-import";

/** The name of a hosted zone of the account, or `zone-not-hosted`. */
export async function requireZone(database: Database, { accountId }: Member, text: string): Promise<string> {
    const zone = requireHostname(text, "zoneName");
    if ((await findZone(database, accountId, zone)) === undefined)
        throw new Problem("zone-not-hosted", `account ${accountId} hosts no zone ${zone}`);
    return zone;
}

export async function listZones({ store }: Context, { accountId }: Member): Promise<string[]> {
    return (await listZoneRows(store.database, accountId)).map(({ name }) => name);
}

export interface ZoneView {
    zone: string;
    records: ZoneRecord[];
    /** The names that sites of the account have, and the environments that serve them. */
    served: ServedName[];
}

export async function getZone({ store }: Context, member: Member, text: string): Promise<ZoneView> {
    const zone = await requireZone(store.database, member, text);
    const [records, served] = await Promise.all([
        listRecords(store.database, member.accountId, zone),
        listServedNames(store.database, member.accountId, zone),
    ]);
    return { zone, records, served };
}

/**
 * `available`: it can be hosted here. `pending`: it is, and the DNS does not name this platform's servers yet.
 * `active`: it is, and the DNS names them. `unavailable`: it cannot.
 */
export type ZoneStatus = "available" | "pending" | "active" | "unavailable";

/** The zone that a hostname lies in, and its status. */
export async function findCandidate(
    context: Context,
    { accountId }: Member,
    text: string,
): Promise<{ zone: string; status: ZoneStatus }> {
    const hostname = requireHostname(text, "hostName");
    const { database } = context.store;
    const hosted = await findZoneAround(database, accountId, hostname);
    if (hosted !== undefined)
        return { zone: hosted.name, status: (await isDelegated(context, hosted.name)) ? "active" : "pending" };
    const zone = zoneName(hostname);
    return { zone, status: (await isZoneElsewhere(database, accountId, zone)) ? "unavailable" : "available" };
}

async function isDelegated({ dns, options }: Context, zone: string): Promise<boolean> {
    const { records } = await dns.ask("NS", zone);
    return records.length > 0 && records.every((server) => options.nameServers.includes(String(server)));
}

async function refuseElsewhere(database: Database, accountId: number, zone: string): Promise<void> {
    if (await isZoneElsewhere(database, accountId, zone))
        throw new Problem("zone-elsewhere", `zone ${zone} cannot be hosted for account ${accountId}`);
}

async function hostnamesIn(database: Database, accountId: number, zone: string): Promise<string[]> {
    return (await listDomainRows(database, accountId))
        .map(({ hostname }) => hostname)
        .filter((hostname) => isWithin(hostname, zone));
}

export interface HostingRequest {
    zoneName: string;
    /** The domain that is to lead to the platform. Default: all that the environment has in the zone. */
    hostname?: string;
}

/**
 * Hosts a zone: copies its present records from the DNS, and leads the environment's domains in it to the platform.
 * Domains of other environments stay where they are, so nothing goes live that nobody asked for. Nothing happens for
 * visitors before the zone's name servers are changed at its registrar.
 *
 * @returns the zone, and the records that could not be copied
 */
export async function hostZone(
    context: Context,
    member: Member,
    place: DomainPlace,
    request: HostingRequest,
): Promise<{ zone: string; missed: Missed[] }> {
    const { accountId } = member;
    const { database } = context.store;
    const zone = requireHostname(request.zoneName, "zoneName");
    const { domains } = await getEnvironment(context, member, place.applicationId, place.environment);
    const wanted = request.hostname === undefined ? undefined : requireHostname(request.hostname, "hostname");
    const asked = domains
        .map(({ hostname }) => hostname)
        .filter((hostname) => isWithin(hostname, zone) && (wanted ?? hostname) === hostname);
    if (asked.length === 0) {
        const what = wanted === undefined ? "no domain" : `no domain ${wanted}`;
        throw new Problem(
            "invalid-input",
            `environment ${place.environment} of application ${place.applicationId} has ${what} in zone ${zone}`,
        );
    }
    const isNew = (await findZone(database, accountId, zone)) === undefined;
    if (isNew) await refuseElsewhere(database, accountId, zone);
    const { records, missed } = isNew
        ? await importZone(context.dns, zone, await hostnamesIn(database, accountId, zone))
        : { records: [], missed: [] };
    const isUnknown = (hostname: string) => missed.some(({ name, type }) => name === hostname || type === "ANY");
    await context.store.transact(async (transaction) => {
        await lockAccount(transaction, accountId); // so that no domain comes to the account in between
        await lockZones(transaction);
        if ((await findZone(transaction, accountId, zone)) === undefined) {
            await refuseElsewhere(transaction, accountId, zone);
            await insertZone(transaction, accountId, zone);
            for (const record of records) await putRecord(transaction, accountId, zone, record);
        }
        for (const hostname of await hostnamesIn(transaction, accountId, zone)) {
            const replace = asked.includes(hostname);
            if (replace || !isUnknown(hostname))
                await addSiteRecord(context, transaction, accountId, hostname, { replace });
        }
    });
    return { zone, missed };
}

/** Ends the hosting of a zone; its records are gone. */
export async function deleteZone({ store }: Context, member: Member, text: string): Promise<void> {
    const zone = requireHostname(text, "zoneName");
    if (!(await deleteZoneRow(store.database, member.accountId, zone)))
        throw new Problem("not-found", `account ${member.accountId} hosts no zone ${zone}`);
}
