import assert from "node:assert/strict";
import { diffProperties } from "../../plugin/detailed-diff";

describe("a detailed diff", () => {
    it("names each changed property by its path, and whether it replaces", () => {
        const before = {
            application: "1/2",
            origin: { address: "a", httpPort: 80 },
            config: { "varnish/default.vcl": "one", gone: "x" },
            proxyChain: [{ name: "varnish", image: "varnish:5" }],
        };
        const after = {
            application: "1/3",
            origin: { address: "b", httpPort: 80 },
            config: { "varnish/default.vcl": "two" },
            proxyChain: [
                { name: "varnish", image: "varnish:6" },
                { name: "next", image: "next:1" },
            ],
            hostname: "www.acme.example",
        };
        const found = diffProperties(before, after, ["application"]);
        assert.deepEqual(
            found.map(({ path, change, replaces }) => `${change} ${path}${replaces ? " replaces" : ""}`).sort(),
            [
                "ADD hostname",
                "ADD proxyChain[1]",
                "DELETE config.gone",
                "UPDATE application replaces",
                'UPDATE config["varnish/default.vcl"]',
                "UPDATE origin.address",
                "UPDATE proxyChain[0].image",
            ],
        );
    });

    it("leaves out what is internal or has no value", () => {
        assert.deepEqual(diffProperties({ a: 1, __v: 1, none: null }, { a: 1, __v: 2, __claim: "x" }, []), []);
    });
});
