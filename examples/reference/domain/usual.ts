import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });
const www = new section.Application("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
});

// Two further hostnames of Production. The platform obtains their certificates once their DNS leads to it.
const hostnames = ["acme.example", "shop.acme.example"];
const domains = hostnames.map(
    (hostname) => new section.Domain(hostname, { environment: www.production, hostname, certificate: "acme" }),
);

export const recordsToSet = domains.map(({ dns }) => dns);
export const areLive = domains.map(({ engaged }) => engaged);
