import type {
    ClientReport,
    DomainReport,
    EnvironmentReport,
    EstateReport,
    LastChange,
    SeenDrift,
    SiteReport,
} from "../../cli/estate/report";

export const reportedAt = "2026-11-28T03:15:00.000Z";

const people = [
    "Ada Admin <ada@agency.example>",
    "Gita Git <gita@agency.example>",
    "Olga Owner <olga@agency.example>",
    "the operator (user remove)",
];
const proxies = [
    [{ name: "varnish", image: "varnish:6.3.1" }],
    [
        { name: "modsecurity", image: "modsecurity:3.0.4" },
        { name: "varnish", image: "varnish:7.1.1" },
    ],
    [{ name: "cache", image: "openresty:1.21.4" }],
];
const words = [
    "Outdoor",
    "Bakery",
    "Museum",
    "Insurance",
    "Travel",
    "Hardware",
    "Books",
    "Coffee",
    "Bäckerei",
    "O'Neil & Söhne",
    "日本の店",
    '<img src=x onerror="alert(1)">',
];

const dayMs = 86_400_000;

function changeOf(index: number): LastChange {
    const at = new Date(Date.parse(reportedAt) - ((index * 37) % 400) * dayMs).toISOString();
    return {
        who: people[index % people.length] as string,
        at,
        what: index % 3 === 0 ? "Serve longer while the origin is away" : "attached a hostname",
        commit: "0".repeat(40),
    };
}

function domainOf(environment: string, hostname: string, index: number, live: boolean | undefined): DomainReport {
    const daysLeft = index % 31 === 0 ? (index % 62 === 0 ? -3 : 12) : 30 + ((index * 7) % 60);
    const expires = new Date(Date.parse(reportedAt) + (daysLeft + 0.5) * dayMs).toISOString();
    return {
        id: `${environment}/${hostname}`,
        hostname,
        live,
        certificate: live
            ? { type: index % 5 === 0 ? "custom" : "acme", configured: true, issuer: "R11", expires, daysLeft }
            : { type: "acme", configured: false },
    };
}

function siteOf(client: string, index: number, same: SeenDrift): SiteReport {
    const id = `${client}/${7000 + index}`;
    const name = `site${index}.example`;
    const isLive = index % 4 !== 3;
    const production: EnvironmentReport = {
        id: `${id}/Production`,
        name: "Production",
        proxies: proxies[index % proxies.length],
        drift: same,
        lastChange: changeOf(index),
        domains: [`www.${name}`, ...(index % 2 === 0 ? [`shop.${name}`] : [])].map((each, place) =>
            domainOf(`${id}/Production`, each, index + place, isLive && !(place === 1 && index % 10 === 2)),
        ),
    };
    const staging: EnvironmentReport = {
        id: `${id}/Staging`,
        name: "Staging",
        proxies: proxies[(index + 1) % proxies.length],
        drift: same,
        lastChange: changeOf(index + 1),
        domains: [domainOf(`${id}/Staging`, `staging.${name}`, index + 1, index % 8 === 0)],
    };
    const environments = index % 3 === 0 ? [production] : [production, staging];
    const drifts = same.state === "as declared" && index % 25 === 7;
    const line = `environment ${id}/Staging: config["varnish/default.vcl"] by ${people[1]}, 2026-11-25 04:27:15 UTC, commit 1c642a3278 "serve longer"`;
    const days = environments
        .flatMap(({ domains }) => domains)
        .flatMap(({ certificate }) => certificate?.daysLeft ?? []);
    return {
        id,
        hostname: `www.${name}`,
        pathPrefix: "/",
        live: isLive ? (index % 10 === 2 ? "partly" : "yes") : "no",
        ...(days.length > 0 && { certificateDaysLeft: Math.min(...days) }),
        drift: drifts ? { state: "drifted", found: [line] } : same,
        lastChange: changeOf(index),
        environments,
    };
}

/** An estate of realistic shape, some of it odd. */
export function makeReport(sites: number, { sitesPerClient = 5, isCompared = true } = {}): EstateReport {
    const same: SeenDrift = { state: isCompared ? "as declared" : "not asked", found: [] };
    const clients = Array.from({ length: Math.ceil(sites / sitesPerClient) }, (_, client): ClientReport => {
        const id = String(1000 + client);
        const first = client * sitesPerClient;
        const own = Array.from({ length: Math.min(sitesPerClient, sites - first) }, (_, index) =>
            siteOf(id, first + index, same),
        );
        return { id, name: `${words[client % words.length]} ${client}`, drift: same, sites: own };
    });
    return {
        endpoint: "https://platform.agency.example",
        at: reportedAt,
        clients,
        goneDrift: [],
        notKnown: isCompared ? [] : [{ what: "drift", because: "nobody asked", of: [] }],
    };
}
