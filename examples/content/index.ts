import * as section from "pulumi-section";

// One base for all sites; Acme has an error page of its own, and staging asks search engines to stay away.
const notes = "**/*.md";
const live = section.configFrom(["base", "acme"], { variables: { ttl: "6h" }, exclude: notes });
const staged = section.configFrom(["base", "acme", { "varnish/robots.txt": "User-agent: *\nDisallow: /\n" }], {
    variables: { ttl: "1m" },
    exclude: notes,
});

const acme = new section.Organization("acme", { name: "Acme Bakery" });
const www = new section.Application("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
});

new section.Environment("acme-staging", {
    application: www.id,
    name: "Staging",
    hostname: "staging.acme.example",
    config: staged,
});

// Whatever is put into this branch beside these files is shown by the next refresh, and removed by the next up.
new section.Environment("acme-production", {
    application: www.id,
    name: "Production",
    config: live,
    ownership: "complete",
});
