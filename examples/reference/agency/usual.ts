import * as section from "pulumi-section";

const agency = new section.Agency("agency", {
    staff: { "ada@agency.example": "admin", "nights@agency.example": "state" },
    baseConfig: "./proxy",
    variables: { ttl: "1h" },
    proxyChain: [{ name: "varnish", image: "varnish:6.3.1" }],
    clients: [
        {
            name: "Acme Outdoor",
            people: { "olaf@acme.example": "readonly" },
            sites: [
                { hostname: "www.acme.example", origin: "origin.acme.example", aliases: ["acme.example"], staging: {} },
                { hostname: "shop.acme.example", origin: "shop-origin.acme.example", variables: { ttl: "60s" } },
            ],
        },
        { name: "Bakery Lindqvist", sites: [{ hostname: "www.lindqvist.example", origin: "192.0.2.40" }] },
    ],
});

export const dns = agency.dnsLines;
export const organizations = agency.organizationIds;
