import * as section from "pulumi-section";

// clients.yaml says what differs between clients, ./proxy what they share. Editors complete and check the list by its
// schema.
const agency = new section.Agency("agency", {
    staff: { "ada@agency.example": "admin" },
    clients: section.clientsFromYaml("clients.yaml"),
    baseConfig: "./proxy",
    variables: { ttl: "1h", grace: "10m" },
});

export const stagingHeads = Object.fromEntries(
    Object.entries(agency.sites).map(([hostname, { stagingHead }]) => [hostname, stagingHead]),
);
