import * as section from "pulumi-section";

// A site as an agency runs it: its content is declared on the environments, so the application names its origin only
// once. Further hostnames serve the same Production.
const acme = new section.Organization("acme", { name: "Acme Outdoor" });

const www = new section.Application(
    "acme-www",
    { organization: acme.id, hostname: "www.acme.example", origin: "origin.acme.example" },
    { ignoreChanges: ["origin"] }, // from now on Production has it
);

new section.Environment("acme-production", {
    application: www.id,
    name: "Production",
    origin: { address: "origin.acme.example", enableSni: true, verifyCertificate: true },
});

const hostnames = ["acme.example", "shop.acme.example"];
const domains = hostnames.map((hostname) => new section.Domain(hostname, { environment: www.production, hostname }));

export const records = [www.dns, ...domains.map(({ dns }) => dns)];
