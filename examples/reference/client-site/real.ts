import * as section from "pulumi-section";

// A new site goes to Staging first, where the client looks at it. On the day that it goes live, set `isAccepted` to
// true: Production then gets the content that Staging has, and every later change goes the same way.
const isAccepted = true;

const museum = new section.Organization("museum", { name: "City Museum" });

const www = new section.ClientSite("museum-www", {
    organization: museum.id,
    hostname: "www.museum.example",
    origin: "origin.museum.example",
    aliases: ["museum.example"],
    staging: { origin: { address: "staging-origin.museum.example", hostHeader: "www.museum.example" } },
    config: "./proxy",
    variables: { ttl: "1h" },
    ownership: "complete",
    certificate: "acme",
    ...(isAccepted ? { promote: "staging" } : { stagingFirst: true }),
});

export const dns = www.dns;
export const staged = www.stagingHead;
