import * as section from "pulumi-section";

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
    config: { "custom_errors/500.html": "<h1>The museum is closed for a moment</h1>\n" },
});

// What Staging has goes live with the next up. To go back, name a commit; to undo all of it, remove `promote`.
const production = new section.Environment("museum-production", {
    application: www.id,
    name: "Production",
    promote: staging.head,
});

export const isLive = production.head;
