// The agency of the suite `agency`, as docs/components.md describes it.
const section = require("pulumi-section");

const agency = new section.Agency("agency", {
    staff: { "ada@agency.example": "admin" },
    clients: section.clientsFromCsv("clients.csv"),
    baseConfig: "./proxy",
    proxyChain: [{ name: "varnish", image: "varnish:6.3.1" }],
});

exports.goLive = agency.dnsLines;
exports.organizations = agency.organizationIds;
