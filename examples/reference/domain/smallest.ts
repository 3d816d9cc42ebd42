import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });
const acmeWww = new section.Application("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
});
const acmeShop = new section.Domain("acme-shop", {
    environment: acmeWww.production,
    hostname: "shop.acme.example",
});
export const recordToSet = acmeShop.dns.apply((dns) => dns.line);
