import { mapAtMost } from "section-display";
import { apexTypes, commonNames, hostTypes } from "../catalogue/common-records";
import type { Dns, QuestionType } from "../dns/dns";
import { type RecordType, recordDataSchema } from "../dns/record-data";
import { defaultTtlSeconds, type ZoneRecord } from "../dns/zone-record";

const namesAtOnce = 8;

export interface ZoneImport {
    records: ZoneRecord[];
    missed: Missed[];
}

/** A record that could not be copied; `ANY` stands for everything below a name. */
export interface Missed {
    name: string;
    type: RecordType | "ANY";
    reason: string;
}

/** Everything a name has of some types. An alias stands alone: records of its target are not its own. */
async function readName(dns: Dns, name: string, types: readonly QuestionType[]): Promise<ZoneImport> {
    const found: ZoneImport = { records: [], missed: [] };
    const ask = async (type: RecordType & QuestionType) => {
        const { records, failure } = await dns.ask(type, name);
        if (failure !== undefined) found.missed.push({ name, type, reason: failure });
        if (records.length === 0) return failure === undefined;
        const { data, error } = recordDataSchema(type).safeParse(records);
        if (data === undefined) found.missed.push({ name, type, reason: String(error.issues[0]?.message) });
        else found.records.push({ name, type, ttlSeconds: defaultTtlSeconds, data });
        return true;
    };
    await ask("CNAME");
    if (found.records.length === 0 && found.missed.length === 0) await Promise.all(types.map(ask));
    return found;
}

const contentOf = ({ records }: ZoneImport) => JSON.stringify(records.map(({ type, data }) => [type, data]).sort());

/**
 * Copies the present records of a zone from the DNS: the zone itself, common names, and `further` ones. The answers of
 * a wildcard become one record `*`. Name servers are not copied: they change.
 */
export async function importZone(dns: Dns, zone: string, further: readonly string[]): Promise<ZoneImport> {
    const probe = await dns.ask("A", zone);
    if (probe.failure !== undefined)
        return { records: [], missed: [{ name: zone, type: "ANY", reason: probe.failure }] };
    const below = new Map([...commonNames].map(([name, types]) => [`${name}.${zone}`, types]));
    for (const name of further) if (name !== zone && !below.has(name)) below.set(name, hostTypes);
    const [apex, wildcard] = await Promise.all([readName(dns, zone, apexTypes), readName(dns, `*.${zone}`, hostTypes)]);
    const others = await mapAtMost(namesAtOnce, [...below], ([name, types]) => readName(dns, name, types));
    const own = others.filter((each) => each.records.length === 0 || contentOf(each) !== contentOf(wildcard));
    const all = [apex, wildcard, ...own];
    return { records: all.flatMap(({ records }) => records), missed: all.flatMap(({ missed }) => missed) };
}
