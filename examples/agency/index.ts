import * as path from "node:path";
import * as section from "pulumi-section";
import { type Client, clients, type Site } from "./clients";

const configFolder = path.join(__dirname, "proxy");
const proxyChain = [{ name: "varnish", image: "varnish:6.3.1" }];

function proxyConfig({ hostname, ttl }: Site, stage: string): section.ConfigFiles {
    return section.configFrom(configFolder, { variables: { hostname, ttl, stage } });
}

/** `www.acme.example` -> `www-acme`: names of resources that stay when clients are added or reordered. */
function nameOf({ hostname }: Site): string {
    return hostname.split(".").slice(0, -1).join("-");
}

function declareSite(organization: section.Organization, site: Site): void {
    const name = nameOf(site);
    const application = new section.Application(name, {
        organization: organization.id,
        hostname: site.hostname,
        origin: site.origin,
    });
    if (site.staging !== undefined) {
        new section.Environment(`${name}-staging`, {
            application: application.id,
            name: "Staging",
            hostname: `staging-${site.hostname}`,
            origin: { address: site.staging, hostHeader: site.hostname, upstreamResponseTimeoutSeconds: 60 },
            proxyChain,
            config: proxyConfig(site, "staging"),
        });
    }
    if (site.stagingFirst !== true) {
        new section.Environment(`${name}-production`, {
            application: application.id,
            name: "Production",
            origin: { address: site.origin, hostHeader: site.hostname },
            proxyChain,
            config: proxyConfig(site, "production"),
        });
    }
    for (const hostname of site.aliases ?? [])
        new section.Domain(hostname, { environment: application.production, hostname });
}

function declareClient({ name, people, sites }: Client): void {
    const key = name.toLowerCase().replaceAll(" ", "-");
    const organization = new section.Organization(key, { name });
    for (const [email, role] of Object.entries(people)) {
        new section.Membership(`${key}-${email}`, { organization: organization.id, email, role });
    }
    for (const site of sites) declareSite(organization, site);
}

// the agency itself is an organization too: its own people and its own site
const agency = new section.Organization("agency", { name: "Agency" });
new section.Membership("agency-ada", { organization: agency.id, email: "ada@agency.example", role: "admin" });
new section.Membership("agency-reports", {
    organization: agency.id,
    email: "reports@agency.example",
    role: "readonly",
});
new section.Membership("agency-night-shift", {
    organization: agency.id,
    email: "nights@agency.example",
    role: "state",
});

for (const client of clients) declareClient(client);
