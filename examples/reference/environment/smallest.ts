import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });
const acmeWww = new section.Application("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
});
const acmeStaging = new section.Environment("acme-staging", {
    application: acmeWww.id,
    name: "Staging",
    hostname: "staging.acme.example",
});
export const commit = acmeStaging.head;
