import { type Cell, csvText } from "../report/csv";
import { sayProxy } from "./estate-words";
import type { DomainReport, EnvironmentReport, EstateReport } from "./report";

const head = [
    "client",
    "client_id",
    "site",
    "path_prefix",
    "site_id",
    "environment",
    "environment_id",
    "hostname",
    "live",
    "certificate",
    "certificate_ends",
    "certificate_days_left",
    "proxies",
    "drift",
    "drift_of",
    "last_change_at",
    "last_change_by",
    "last_change",
];

const notKnown = "not known";

function domainCells(domain: DomainReport | undefined): Cell[] {
    if (domain === undefined) return ["", "", "", "", ""];
    const { hostname, live = notKnown, certificate } = domain;
    const kind = certificate === undefined ? notKnown : certificate.configured ? certificate.type : "none yet";
    return [hostname, live, kind, certificate?.expires, certificate?.daysLeft];
}

function environmentCells({ proxies, drift, lastChange }: EnvironmentReport): Cell[] {
    const chain = proxies === undefined ? notKnown : proxies.map(sayProxy).join(" > ");
    const change =
        lastChange === undefined ? ["", notKnown, notKnown] : [lastChange.at, lastChange.who, lastChange.what];
    return [chain, drift.state, drift.found.join("; "), ...change];
}

/** A row for each hostname, and for each environment, site and client that has none. */
export function reportCsv({ clients }: EstateReport): string {
    const rows = clients.flatMap((client) => {
        const clientCells = [client.name, client.id];
        if (client.sites.length === 0) return [clientCells];
        return client.sites.flatMap(({ id, hostname, pathPrefix, environments }) =>
            environments.flatMap((environment) => {
                const domains = environment.domains.length === 0 ? [undefined] : environment.domains;
                const before = [...clientCells, hostname, pathPrefix, id, environment.name, environment.id];
                return domains.map((domain): Cell[] => [
                    ...before,
                    ...domainCells(domain),
                    ...environmentCells(environment),
                ]);
            }),
        );
    });
    return csvText(
        head,
        rows.map((row) => head.map((_, column) => row[column])),
    );
}
