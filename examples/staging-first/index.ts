import * as section from "pulumi-section";

// Staging goes live first: its hostname gets DNS, people look at it, Production is left as the platform made it.
// When everybody is happy, the same configuration is declared on Production, reviewed as a diff, and applied.
const config = {
    "varnish/default.vcl":
        'vcl 4.0;\n\nbackend default {\n    .host = "next-hop";\n    .port = "80";\n}\n\ninclude "section-features.vcl";\n',
};
const productionToo = false;

const museum = new section.Organization("museum", { name: "City Museum" });
const www = new section.Application("museum-www", {
    organization: museum.id,
    hostname: "www.museum.example",
    origin: "origin.museum.example",
});

const staging = new section.Environment("museum-staging", {
    application: www.id,
    name: "Staging",
    hostname: "staging.museum.example",
    origin: { address: "staging-origin.museum.example", hostHeader: "www.museum.example" },
    config,
});

if (productionToo) new section.Environment("museum-production", { application: www.id, name: "Production", config });

export const setThisRecordFirst = staging.hostnames.apply(([first]) => first?.dns.line);
export const goLiveLater = www.dns.line;
