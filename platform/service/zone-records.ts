import { Problem } from "section-model";
import type { Member } from "../auth/caller";
import type { RecordType } from "../dns/record-data";
import { recordNameSchema } from "../dns/record-name";
import { addressTypes, type ZoneRecord } from "../dns/zone-record";
import type { Database } from "../store/database";
import { findDomain } from "../store/domains";
import { countRecords, deleteRecords, listRecords, putRecord } from "../store/zone-records";
import { lockZone } from "../store/zones";
import type { Context } from "./context";
import { getZone, requireZone, type ZoneView } from "./zones";

/** Names and types in one zone. */
const mostRecords = 5000;

type Place = Pick<ZoneRecord, "name" | "type">;

const conflict = (detail: string, remedy?: string) => new Problem("record-conflict", detail, { remedy });

/** Refuses a record that DNS forbids at its name. `beside` lists the name's other types. */
function refusePlacement({ name, type }: Place, zone: string, beside: readonly RecordType[]): void {
    if (name === zone && type === "CNAME")
        throw conflict(`a CNAME cannot stand at ${zone}, the apex of its zone`, "Use an ALIAS there");
    if (name === zone && type === "NS")
        throw conflict(`the name servers of ${zone} are the platform's`, "Write NS records for names below the apex");
    const others = beside.filter((each) => each !== type);
    if (others.length === 0) return;
    if (type === "CNAME") throw conflict(`a CNAME stands alone, and ${name} has ${others.join(", ")}`);
    if (others.includes("CNAME")) throw conflict(`${name} has a CNAME, which stands alone`);
    const excluded: Partial<Record<RecordType, readonly RecordType[]>> = {
        A: ["ALIAS"],
        AAAA: ["ALIAS"],
        ALIAS: ["A", "AAAA"],
    };
    const standing = others.find((each) => excluded[type]?.includes(each));
    if (standing === undefined) return;
    const remedy =
        standing === "AAAA" || type === "AAAA" ? undefined : `Send originalRecordType ${standing} to convert it`;
    throw conflict(`${name} has ${standing}, which says already where it leads`, remedy);
}

/** Refuses a conversion between types that do not mean the same, or of a record that is not there. */
function refuseConversion({ name, type }: Place, original: RecordType, standing: readonly RecordType[]): void {
    const kinds = addressTypes.join(", ");
    if (!addressTypes.includes(original) || !addressTypes.includes(type))
        throw conflict(
            `${original} cannot be converted into ${type}`,
            `Only ${kinds} can be converted into each other`,
        );
    if (!standing.includes(original))
        throw conflict(`${name} has no ${original} record to convert`, "Leave originalRecordType out to add a record");
}

/** Refuses a record that a name with records of some types cannot get, in place of another one or beside them. */
export function refuseUpsert(place: Place, original: RecordType, zone: string, standing: readonly RecordType[]): void {
    const isConverted = original !== place.type;
    if (isConverted) refuseConversion(place, original, standing);
    refusePlacement(
        place,
        zone,
        standing.filter((type) => !isConverted || type !== original),
    );
}

async function openZone(transaction: Database, member: Member, zoneText: string): Promise<string> {
    const zone = await requireZone(transaction, member, zoneText);
    await lockZone(transaction, member.accountId, zone);
    return zone;
}

/**
 * Adds a record to a zone or gives the one of that name and type new data; converts `original` into it when that is
 * another type.
 */
export async function upsertRecord(
    context: Context,
    member: Member,
    zoneText: string,
    record: ZoneRecord,
    original = record.type,
): Promise<ZoneView> {
    const { accountId } = member;
    await context.store.transact(async (transaction) => {
        const zone = await openZone(transaction, member, zoneText);
        const standing = (await listRecords(transaction, accountId, zone, record.name)).map(({ type }) => type);
        refuseUpsert(record, original, zone, standing);
        if (record.type === "AAAA" && (await findDomain(transaction, accountId, record.name)) !== undefined)
            throw new Problem(
                "record-of-site",
                `${record.name} is the name of a site, and the platform answers on IPv4 only`,
                {
                    remedy: "Leave AAAA records to names without a site",
                },
            );
        if (!standing.includes(record.type) && (await countRecords(transaction, accountId, zone)) >= mostRecords)
            throw new Problem("system-limit", "System limit exceeded. Contact support to increase this limit.");
        if (original !== record.type) await deleteRecords(transaction, accountId, zone, record.name, [original]);
        await putRecord(transaction, accountId, zone, record);
    });
    return getZone(context, member, zoneText);
}

/** Deletes a record. The one that leads a site to wherever it is stays as long as the site has the name. */
export async function deleteRecord(
    context: Context,
    member: Member,
    zoneText: string,
    nameText: string,
    type: RecordType,
): Promise<ZoneView> {
    const { accountId } = member;
    await context.store.transact(async (transaction) => {
        const zone = await openZone(transaction, member, zoneText);
        const parsed = recordNameSchema(zone).safeParse(nameText);
        if (!parsed.success)
            throw new Problem(
                "invalid-input",
                `recordName ${JSON.stringify(nameText)} ${parsed.error.issues[0]?.message}`,
            );
        const name = parsed.data;
        const domain = addressTypes.includes(type) ? await findDomain(transaction, accountId, name) : undefined;
        if (domain !== undefined)
            throw new Problem(
                "record-of-site",
                `${name} belongs to environment ${domain.environment_name} of application ${domain.application_id}`,
            );
        if ((await deleteRecords(transaction, accountId, zone, name, [type])) === 0)
            throw new Problem("invalid-input", `zone ${zone} has no record ${name} ${type}`, {
                property: "recordName",
                remedy: "Look at the records of the zone",
            });
    });
    return getZone(context, member, zoneText);
}
