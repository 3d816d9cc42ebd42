import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });

new section.Membership("acme-jane", { organization: acme.id, email: "jane@agency.example", role: "readonly" });
new section.Membership("acme-ben", { organization: acme.id, email: "ben@agency.example", role: "state" });

const www = new section.Application("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
});

const staging = new section.Environment("acme-staging", {
    application: www.id,
    name: "Staging",
    hostname: "staging.acme.example",
    origin: { address: "staging-origin.acme.example" },
    config: section.configFrom("proxy", { variables: { ttl: "6h" } }),
});

new section.Environment("acme-production", { application: www.id, name: "Production", promote: staging.head });

new section.Domain("acme-shop", { environment: www.production, hostname: "shop.acme.example" });
