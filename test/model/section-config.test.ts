import assert from "node:assert/strict";
import fc from "fast-check";
import {
    blockOf,
    formatSectionConfig,
    type Origin,
    originFromFile,
    originToFile,
    Problem,
    parseSectionConfig,
    sectionConfigLimits,
} from "section-model";

const text = `{
    "proxychain": [
        {
            "name": "varnish",
            "image": "varnish:6.0.0",
            "later": true
        }
    ],
    "note": "kept",
    "environments": {
        "Production": {
            "origin": {
                "custom": 1,
                "address": "origin.example"
            },
            "maintain_upstream_content_encoding": true
        }
    }
}`;

describe("section-config", () => {
    it("keeps unknown keys, their order, four blanks and no newline at the end", () => {
        assert.equal(formatSectionConfig(parseSectionConfig(text)), text);
    });

    it("answers a syntax error in the words that clients know, with the position", () => {
        assert.throws(
            () => parseSectionConfig("{,}"),
            (error) =>
                error instanceof Problem &&
                error.code === "push-refused" &&
                /^Error: File section\.config\.json cannot be parsed as JSON\. Check its syntax\. .*position 1/.test(
                    error.message,
                ),
        );
    });

    it("has a size that it may not exceed, as text, as bytes and in the layout of the platform", () => {
        const config = (note: unknown) => JSON.stringify({ proxychain: [], environments: {}, note });
        const room = sectionConfigLimits.bytes - config("").length;
        assert.equal(parseSectionConfig(config("x".repeat(room))).proxychain.length, 0);
        for (const text of [config("x".repeat(room + 1)), config("é".repeat(room / 2 + 1))])
            assert.throws(
                () => parseSectionConfig(text),
                /Problem: section\.config\.json has \d{7} bytes; it may have 1 MiB\. Push a smaller one\.$/,
            );
        const many = config(Array.from({ length: 50_000 }, () => 0));
        assert.throws(() => parseSectionConfig(many), /section\.config\.json has 500\d\d values; it may have 50000\./);
        const deep = parseSectionConfig(
            config(JSON.parse(`${"[".repeat(100)}${"0,".repeat(9_999)}0${"]".repeat(100)}`)),
        );
        assert.throws(
            () => formatSectionConfig(deep),
            /Problem: with this change, section\.config\.json has \d{7} bytes/,
        );
    });

    for (const [wrong, where] of [
        ["[]", /document/],
        ['{"proxychain":{},"environments":{}}', /proxychain/],
        ['{"proxychain":[{"name":1,"image":"x"}],"environments":{}}', /proxychain\.0\.name/],
        [
            '{"proxychain":[],"environments":{"Production":{"ip_blacklist":"x"}}}',
            /environments\.Production\.ip_blacklist/,
        ],
        [
            `{"proxychain":[],"environments":{},"deep":${"[".repeat(5000)}${"]".repeat(5000)}}`,
            /section\.config\.json is nested deeper than 200 levels/,
        ],
    ] as const) {
        it(`says where ${wrong.slice(0, 80)} is wrong`, () => assert.throws(() => parseSectionConfig(wrong), where));
    }

    it("finds a block by its name, also one that every object has", () => {
        const config = parseSectionConfig('{"proxychain":[],"environments":{"constructor":{"note":1}}}');
        assert.deepEqual(
            [blockOf(config, "constructor"), blockOf(config, "toString"), blockOf(config, "Nowhere")],
            [{ note: 1 }, {}, {}],
        );
    });

    it("translates every property of an origin there and back, and leaves strangers alone", () => {
        const origin = fc.record<Origin>(
            {
                address: fc.constant("a.example"),
                httpPort: fc.constantFrom(80, 8080),
                hostHeader: fc.constant("h.example"),
                enableSni: fc.boolean(),
                keepaliveSeconds: fc.integer({ min: 1, max: 240 }),
                removeRequestHeaders: fc.constant(["X-A"]),
                proxyAcmeChallenge: fc.boolean(),
            } as never,
            { requiredKeys: ["address"] as never },
        );
        fc.assert(
            fc.property(origin, origin, (one, two) => {
                const file = originToFile(two, originToFile(one, { custom: 1 }));
                assert.equal(file.custom, 1);
                assert.deepEqual(originFromFile(file), { ...two });
            }),
        );
    });
});
