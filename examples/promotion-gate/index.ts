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
    config: { "custom_errors/500.html": "<h1>The museum is closed for a moment</h1>\n" },
});

// An edit above goes to Staging with the next up. Look at it there: the up after that one puts it live.
const production = new section.Environment("museum-production", {
    application: www.id,
    name: "Production",
    promote: staging.seenHead,
});

export const onStaging = staging.head;
export const isLive = production.head;
