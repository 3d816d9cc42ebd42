// Mistakes that a declaration can have, for the tables of what a preview says: the reasons come from the code.

/** kind -> a correct declaration, and changes to it, each with one mistake. */
export const mistakes = {
    organization: {
        base: { name: "Acme" },
        wrong: [
            { name: "" },
            { name: "Acme\nBakery" },
            { firstSite: { hostname: "acme" } },
            { firstSite: { hostname: "www.acme.example", origin: "https://origin.acme.example" } },
            { nmae: "Acme" },
        ],
    },
    membership: {
        base: { organization: "1335", email: "jane@agency.example", role: "admin" },
        wrong: [
            { organization: "Acme" },
            { email: "jane" },
            { role: "owner" },
            { until: "tomorrow" },
            { until: "2026-02-30" },
        ],
    },
    team: {
        base: { organization: "1335", members: {} },
        wrong: [
            { members: { jane: "admin" } },
            { members: { "jane@agency.example": "owner" } },
            { members: { "jane@agency.example": { role: "admin", until: "31.12.2026" } } },
            { members: { "jane@agency.example": "admin", "Jane@agency.example": "state" } },
        ],
    },
    application: {
        base: { organization: "1335", hostname: "www.acme.example" },
        wrong: [
            { organization: "1335/7171" },
            { hostname: "https://www.acme.example/" },
            { hostname: "www.acme.example:8080" },
            { hostname: "*.acme.example" },
            { hostname: "192.0.2.1" },
            { hostname: "co.uk" },
            { origin: "https://origin.acme.example" },
            { stack: "Varnish 6" },
        ],
    },
    environment: {
        base: { application: "1335/7171", name: "Staging", hostname: "staging.acme.example" },
        wrong: [
            { application: "1335" },
            { name: "pre-live" },
            { name: "HEAD" },
            { name: "Production" },
            { hostname: undefined },
            { from: "Staging" },
            { origin: "origin.acme.example:8080" },
            { origin: { address: "origin.acme.example", httpPort: 81 } },
            { origin: { address: "origin.acme.example", upstreamResponseTimeoutSeconds: 601 } },
            { origins: { "my images": "images.acme.example" } },
            { proxyChain: [{ name: "custom_errors", image: "varnish:6.3.1" }] },
            { proxyChain: [{ name: "varnish", image: "Varnish 6" }] },
            { ipBlacklist: ["2001:db8::/32"] },
            { ipBlacklist: ["192.0.2.256"] },
            { config: { "../secret.txt": "" } },
            { config: { "section.config.json": "{}" } },
            { config: { page: "", "page/index.html": "" } },
            { ownership: "complete" },
            { ownership: "mine" },
            { promote: "4f0c1" },
            { promote: "4f0c1d9e5f6b7a8890a1b2c3d4e5f60718293a4b", config: {} },
        ],
    },
    domain: {
        base: { environment: "1335/7171/Production", hostname: "shop.acme.example" },
        wrong: [
            { environment: "Production" },
            { hostname: "shop" },
            { waitForLive: true },
            { waitForLive: { timeoutSeconds: 0 } },
            { certificate: "letsencrypt" },
            { certificate: { publicCertificates: "", privateKey: "" } },
        ],
    },
};
