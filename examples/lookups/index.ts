import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });
const www = new section.Application("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
});

// takes Inputs: not known while the site is not there, then looked up by `up`
const found = section.getApplicationOutput({ id: www.id });
export const people = section
    .getOrganizationOutput({ id: acme.id })
    .apply(({ members = [] }) => members.map(({ email, role }) => `${email} ${role}`));
export const productionIsAt = found.apply(({ environments: [production] }) => production?.head);
export const liveAlready = section.getDomainOutput({ hostname: found.hostname }).engaged;

// plain: works in a script as well, and at every preview
export const otherClients = section
    .getEstate()
    .then(({ organizations }) => organizations.map(({ name }) => name).filter((name) => name !== "Acme"));
