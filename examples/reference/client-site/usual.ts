import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });

const www = new section.ClientSite("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: { address: "origin.acme.example", enableSni: true },
    aliases: ["acme.example"],
    staging: { origin: "staging-origin.acme.example", variables: { ttl: "1s" } },
    config: "./proxy",
    variables: { ttl: "6h" },
});

export const dns = www.dnsLines;
