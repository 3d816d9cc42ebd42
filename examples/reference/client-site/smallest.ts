import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });
const acmeWww = new section.ClientSite("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
});
export const recordsToSet = acmeWww.dnsLines;
