import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });

const www = new section.Application("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
    stack: "varnish-6.3-basic",
});

export const cloneFrom = www.gitUrl;
export const pointYourDnsAt = www.cname;
