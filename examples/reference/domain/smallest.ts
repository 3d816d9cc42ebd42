import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });
const www = new section.Application("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
});

const shop = new section.Domain("acme-shop", { environment: www.production, hostname: "shop.acme.example" });

export const recordToSet = shop.dns;
