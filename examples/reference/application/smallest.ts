import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });
const acmeWww = new section.Application("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
});
export const recordToSet = acmeWww.dns.apply((dns) => dns.line);
