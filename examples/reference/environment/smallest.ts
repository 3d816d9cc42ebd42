import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });
const www = new section.Application("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
});

new section.Environment("acme-staging", { application: www.id, name: "Staging", hostname: "staging.acme.example" });
