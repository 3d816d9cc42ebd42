import * as section from "pulumi-section";

const acme = new section.Organization("acme", { name: "Acme" });
const www = new section.Application("acme-www", {
    organization: acme.id,
    hostname: "www.acme.example",
    origin: "origin.acme.example",
});

new section.Environment("acme-production", {
    application: www.id,
    name: "Production",
    origin: {
        address: "origin.acme.example",
        httpPort: 8080,
        httpsPort: 8443,
        hostHeader: "www.acme.example",
        tlsName: "origin.acme.example",
        enableSni: true,
        verifyCertificate: true,
        upstreamResponseTimeoutSeconds: 60,
        keepaliveSeconds: 30,
        disableKeepalive: false,
        removeRequestHeaders: ["X-Debug"],
        proxyAcmeChallenge: false,
    },
    origins: { images: "images.acme.example" },
    proxyChain: [{ name: "varnish", image: "varnish:6.3.1" }],
    ipBlacklist: ["192.0.2.0/24", "198.51.100.7"],
    config: section.configFrom("./proxy", { variables: { ttl: "6h" } }),
});
