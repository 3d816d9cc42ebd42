import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";

// Two people's tokens in one program: each changes only the clients that this person is an admin of.
const config = new pulumi.Config();
const endpoint = config.require("endpoint");

const north = new section.Provider("north", { endpoint, token: config.requireSecret("token") });
const south = new section.Provider("south", { endpoint, token: config.requireSecret("otherToken") });

const clients = [
    { key: "acme", name: "Acme Outdoor", hostname: "www.acme.example", provider: north },
    { key: "museum", name: "City Museum", hostname: "www.museum.example", provider: south },
];

for (const { key, name, hostname, provider } of clients)
    new section.Agency(
        key,
        { clients: [{ name, key, sites: [{ hostname, origin: `origin.${hostname}` }] }] },
        { providers: [provider] },
    );
