import * as section from "pulumi-section";

// Account managers keep clients.csv in a spreadsheet, one row per site. People review what it changes, `pulumi up`
// makes it so.
const agency = new section.Agency("agency", {
    staff: { "ada@agency.example": "admin", "bo@agency.example": "restrictions-editor" },
    clients: section.clientsFromCsv("clients.csv"),
    baseConfig: "./proxy",
    proxyChain: [{ name: "varnish", image: "varnish:6.3.1" }],
});

// what to send to each client: hostname -> the record to set, as a line of its zone's file
export const goLive = agency.dnsLines;
export const organizations = agency.organizationIds;
