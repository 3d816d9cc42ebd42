import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });

new section.Membership("acme-jane", { organization: acme.id, email: "jane@agency.example", role: "admin" });

const www = new section.Application("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
});

const staging = new section.Environment("acme-staging", {
    application: www.id,
    name: "Staging",
    hostname: "staging.acme.example",
    origin: { address: "staging-origin.acme.example", enableSni: true },
});

const shop = new section.Domain("acme-shop", { environment: www.production, hostname: "shop.acme.example" });

export const stagingHead = staging.head;
export const pointYourDnsAt = shop.dns.line; // shop 300 IN CNAME shop.acme.example.c.section.io.
