import assert from "node:assert/strict";
import { issuesOf, proxyChainSchema } from "section-model";

describe("proxy-chain", () => {
    it("accepts an empty chain and the same image twice", () => {
        assert.deepEqual(proxyChainSchema.parse([]), []);
        const chain = [
            { name: "html", image: "varnish:6.3.1" },
            { name: "assets", image: "varnish:6.3.1" },
        ];
        assert.deepEqual(proxyChainSchema.parse(chain), chain);
    });

    it("refuses twins, reserved folders, long names and odd images, each at its place", () => {
        const { error } = proxyChainSchema.safeParse([
            { name: "a", image: "varnish:6.3.1" },
            { name: "a", image: "varnish:6.3.1" },
        ]);
        assert.deepEqual(issuesOf(error!), [
            { property: "[1].name", reason: '"a" stands twice in the chain; names are unique' },
        ]);
        for (const proxy of [
            { name: "custom_errors", image: "varnish" },
            { name: "x".repeat(33), image: "varnish" },
            { name: "my-proxy", image: "varnish" },
            { name: "a", image: "--upload-pack=x" },
        ])
            assert.equal(proxyChainSchema.safeParse([proxy]).success, false, JSON.stringify(proxy));
    });
});
