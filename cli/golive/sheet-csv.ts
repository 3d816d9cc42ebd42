import { printableLine } from "pulumi-section/internal";
import { type Cell, csvText } from "../report/csv";
import type { DnsChange } from "./dns-change";
import type { DomainSheet } from "./domain-sheet";
import type { GoLiveSheet } from "./golive-sheet";
import { sayLive, sayOld } from "./sheet-words";

const head = [
    ...[
        "step",
        "hostname",
        "site",
        "environment",
        "zone",
        "DNS host",
        "name servers",
        "do",
        "type",
        "name in zone",
        "full name",
    ],
    ...["value now", "TTL seen", "value to set", "TTL", "why", "live", "certificate", "commit"],
];

/** Forms want `@` for the zone itself, but a spreadsheet does not read a lone `@` as text. */
const apexText = "(@)";

function rowOf(
    step: number | undefined,
    domain: DomainSheet,
    { action, type, host, name, old, oldTtl, value, ttl, advice }: DnsChange,
): Cell[] {
    const { hostname, site, environment, dnsHost, certificateWords } = domain;
    const where = [dnsHost.zone, printableLine(dnsHost.provider ?? ""), printableLine(dnsHost.nameServers.join(", "))];
    const what = [
        action,
        type,
        host === "@" ? apexText : host,
        name,
        sayOld(old),
        oldTtl,
        value,
        ttl,
        advice && printableLine(advice),
    ];
    return [
        step,
        hostname,
        site,
        environment,
        ...where,
        ...what,
        sayLive(domain),
        printableLine(certificateWords),
        domain.head,
    ];
}

/**
 * The sheet as a list for a spreadsheet: a row for each change in the order of the steps, then records that are right
 * already.
 */
export function sheetCsv({ domains, steps }: GoLiveSheet): string {
    const find = (name: string) => domains.find(({ hostname }) => hostname === name) as DomainSheet;
    const changes = steps.flatMap((step, index) =>
        step.changes.map((change) => rowOf(index + 1, find(change.hostname), change)),
    );
    const kept = domains.flatMap((domain) =>
        domain.changes.filter(({ action }) => action === "keep").map((change) => rowOf(undefined, domain, change)),
    );
    return csvText(head, [...changes, ...kept]);
}
