import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });

new section.Membership("acme-jane", { organization: acme.id, email: "jane@agency.example", role: "admin" });

const www = new section.Application("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
});

// staging and production have the same files; what differs is a variable
const configFor = (stage: string) => section.configFrom("./proxy", { variables: { stage } });

new section.Environment("acme-staging", {
    application: www.id,
    name: "Staging",
    hostname: "staging.acme.example",
    config: configFor("staging"),
});

new section.Environment("acme-production", {
    application: www.id,
    name: "Production",
    config: configFor("production"),
});

const apex = new section.Domain("acme-apex", { environment: www.production, hostname: "acme.example" });

/** Nothing is live before these records are set: lines of the file of zone acme.example. */
export const pointYourDnsAt = [www.dns.line, apex.dns.line];
