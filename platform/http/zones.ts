import { z } from "zod";
import { recordDataSchema, recordTypes } from "../dns/record-data";
import { recordNameSchema } from "../dns/record-name";
import { ttlSchema, type ZoneRecord } from "../dns/zone-record";
import type { Context } from "../service/context";
import { requireHostname } from "../service/hostnames";
import { deleteRecord, upsertRecord } from "../service/zone-records";
import { deleteZone, findCandidate, getZone, hostZone, listZones, type ZoneView } from "../service/zones";
import { idField } from "./fields";
import {
    accountDomainParams,
    accountParams,
    environmentParams,
    recordTypeField,
    zoneParams,
    zoneRecordParams,
} from "./parameters";
import { defineRoute } from "./route";
import { extended, named } from "./schema-definitions";

const summaryAnswer = named(
    "ZoneSummary",
    z.strictObject({ zone_name: z.string(), name_servers: z.array(z.string()) }),
);

const recordTypeWord = z.enum(recordTypes);
const number = z.int().min(0);
const recordDataField = z.union([
    z.string(),
    z.strictObject({ preference: number, exchange: z.string() }),
    z.strictObject({ priority: number, weight: number, port: number, target: z.string() }),
    z.strictObject({ flags: number, tag: z.string(), value: z.string() }),
]);

const missedField = z.array(
    z.strictObject({ name: z.string(), record_type: z.enum([...recordTypes, "ANY"]), reason: z.string() }),
);
const hostedAnswer = named("HostedZone", summaryAnswer.extend({ missed: extended("zone.missed", missedField) }));

const recordAnswer = named(
    "ZoneRecord",
    z.strictObject({
        name: z.string(),
        ttl: z.int32(),
        record_type: recordTypeWord,
        record_data: z.array(recordDataField),
    }),
);

const servedField = z.strictObject({
    environment_id: idField,
    environment_name: z.string(),
    application_id: idField,
    application_name: z.string(),
});
const zoneAnswer = named(
    "ZoneDetail",
    summaryAnswer.extend({ records: z.array(recordAnswer), environments: z.record(z.string(), z.array(servedField)) }),
);

const candidateAnswer = named(
    "ZoneCandidate",
    z.strictObject({ zone_name: z.string(), status: z.enum(["available", "pending", "active", "unavailable"]) }),
);

function summaryToWire(zone: string, { options }: Context) {
    return { zone_name: zone, name_servers: [...options.nameServers] };
}

function zoneToWire({ zone, records, served }: ZoneView, context: Context): z.infer<typeof zoneAnswer> {
    const environments: z.infer<typeof zoneAnswer>["environments"] = {};
    for (const { hostname, ...environment } of served) {
        if (!records.some(({ name }) => name === hostname)) continue;
        environments[hostname] = [...(environments[hostname] ?? []), environment];
    }
    return {
        ...summaryToWire(zone, context),
        records: records.map(({ name, type, ttlSeconds, data }) => ({
            name,
            ttl: ttlSeconds,
            record_type: type,
            record_data: data,
        })),
        environments,
    };
}

const recordBody = z.object({
    recordName: z.string().max(1000),
    recordType: recordTypeField,
    originalRecordType: recordTypeField.optional(),
    ttl: ttlSchema,
    recordData: z.array(z.unknown(), "must be a list of texts or objects").max(100),
});

/** Reads a body. Its schema depends on the zone and the type of the record. */
function parseRecord(
    zone: string,
    { recordName, recordType: type, ttl, recordData }: z.infer<typeof recordBody>,
): ZoneRecord {
    const schema = z.object({ recordName: recordNameSchema(zone), recordData: recordDataSchema(type) });
    const parsed = schema.parse({ recordName, recordData });
    return { name: parsed.recordName, type, ttlSeconds: ttl, data: parsed.recordData };
}

const atZone = "/account/:accountId/zone/:zoneName";

export const zoneRoutes = [
    defineRoute({
        operation: "getDomainZone",
        method: "GET",
        path: "/account/:accountId/domain/:hostName/zone",
        summary: "The DNS zone that a hostname lies in, and whether it can be hosted here",
        access: "member",
        params: accountDomainParams,
        failures: [],
        answer: candidateAnswer,
        handle: async ({ context, member, params }) => {
            const { zone, status } = await findCandidate(context, member, params.hostName);
            return { zone_name: zone, status };
        },
    }),
    defineRoute({
        operation: "enableHostedDNS",
        method: "POST",
        path: "/account/:accountId/application/:applicationId/environment/:environmentName/enableHostedDNS",
        summary: "Host the DNS zone of an environment's domains, with a copy of what the DNS has of it now",
        access: ["admin"],
        params: environmentParams,
        body: z.object({ zoneName: z.string().max(1000), hostname: z.string().max(1000).optional() }),
        failures: ["zone-elsewhere"],
        answer: hostedAnswer,
        handle: async ({ context, member, params, body, wire }) => {
            const place = { applicationId: params.applicationId, environment: params.environmentName };
            const { zone, missed } = await hostZone(context, member, place, body);
            return {
                ...summaryToWire(zone, context),
                ...(wire.extensions &&
                    missed.length > 0 && {
                        missed: missed.map(({ name, type, reason }) => ({ name, record_type: type, reason })),
                    }),
            };
        },
    }),
    defineRoute({
        operation: "getZones",
        method: "GET",
        path: "/account/:accountId/zone",
        summary: "The DNS zones that are hosted for an account",
        access: "member",
        params: accountParams,
        failures: [],
        answer: z.array(summaryAnswer),
        handle: async ({ context, member }) =>
            (await listZones(context, member)).map((zone) => summaryToWire(zone, context)),
    }),
    defineRoute({
        operation: "getZoneDetail",
        method: "GET",
        path: atZone,
        summary: "A hosted zone with its records and the environments that its names belong to",
        access: "member",
        params: zoneParams,
        failures: ["zone-not-hosted"],
        answer: zoneAnswer,
        handle: async ({ context, member, params }) =>
            zoneToWire(await getZone(context, member, params.zoneName), context),
    }),
    defineRoute({
        operation: "postZoneRecord",
        method: "POST",
        path: atZone,
        summary: "Add a record to a zone, change one, or convert A, ALIAS and CNAME into each other",
        access: ["admin"],
        params: zoneParams,
        body: recordBody,
        failures: ["zone-not-hosted", "record-conflict", "record-of-site", "system-limit"],
        answer: zoneAnswer,
        handle: async ({ context, member, params, body }) => {
            const record = parseRecord(requireHostname(params.zoneName, "zoneName"), body);
            return zoneToWire(
                await upsertRecord(context, member, params.zoneName, record, body.originalRecordType),
                context,
            );
        },
    }),
    defineRoute({
        operation: "zoneDelete",
        method: "DELETE",
        path: atZone,
        summary: "End the hosting of a zone; its records are gone",
        access: ["admin"],
        params: zoneParams,
        failures: [],
        extension: "zone.delete",
        status: 204,
        handle: ({ context, member, params }) => deleteZone(context, member, params.zoneName),
    }),
    defineRoute({
        operation: "deleteZoneRecord",
        method: "DELETE",
        path: `${atZone}/:recordName/:recordType`,
        summary: "Delete a record of a zone; one that belongs to a site stays",
        access: ["admin"],
        params: zoneRecordParams,
        failures: ["zone-not-hosted", "record-of-site"],
        answer: zoneAnswer,
        handle: async ({ context, member, params }) =>
            zoneToWire(
                await deleteRecord(context, member, params.zoneName, params.recordName, params.recordType),
                context,
            ),
    }),
];
