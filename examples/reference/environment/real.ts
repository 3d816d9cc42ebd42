import * as section from "pulumi-section";

// The configuration is declared once, on Staging. Production gets what Staging has.
const acme = new section.Organization("acme", { name: "Acme Outdoor" });
const www = new section.Application("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
});

const staging = new section.Environment("acme-staging", {
    application: www.id,
    name: "Staging",
    hostname: "staging.acme.example",
    origin: { address: "staging-origin.acme.example", hostHeader: "www.acme.example" },
    proxyChain: [{ name: "varnish", image: "varnish:6.3.1" }],
    config: section.configFrom("./proxy", { variables: { ttl: "1m" } }),
    ownership: "complete", // a file that nobody declares is drift
});

const production = new section.Environment("acme-production", {
    application: www.id,
    name: "Production",
    origin: { address: "origin.acme.example", enableSni: true },
    promote: staging.head,
});

export const isOnStaging = staging.head;
export const isLive = production.tree;
