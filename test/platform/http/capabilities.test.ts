import assert from "node:assert/strict";
import { Api } from "../../support/api";
import { startPlatform } from "../../support/platform";

describe("what a platform says of itself", () => {
    it("has the authority that certificates are ordered from, the edge, and whether the token may write", async () => {
        const acmeDirectory = "https://acme-v02.api.ca.example/directory";
        const seen = [];
        for (const options of [{}, { acmeDirectory, edgeDomain: "edge.agency.example" }]) {
            const platform = await startPlatform(options);
            try {
                const reader = new Api(platform.url, await platform.tokenFor("olga@agency.example", "read"));
                for (const api of [platform.api, reader]) {
                    const { certificate_authority, edge_domain, may_write } = await api.get("/capabilities");
                    seen.push([certificate_authority, edge_domain, may_write]);
                }
            } finally {
                await platform.close();
            }
        }
        assert.deepEqual(seen, [
            [null, "c.section.io", true],
            [null, "c.section.io", false],
            ["ca.example", "edge.agency.example", true],
            ["ca.example", "edge.agency.example", false],
        ]);
    }).timeout(60_000);
});
