import assert from "node:assert/strict";
import fc from "fast-check";
import { containsPrefix, pathPrefixSchema } from "../../../platform/service/path-prefix";

describe("path prefix", () => {
    it("has one spelling, with a slash at either end", () => {
        for (const text of ["/shop/cart/", "shop/cart", "/shop/cart", " shop/cart/ "])
            assert.equal(pathPrefixSchema.parse(text), "/shop/cart/");
        assert.equal(pathPrefixSchema.parse("/Shop"), "/Shop/", "case matters");
    });

    for (const [text, reason] of [
        ["/", /is the root/],
        ["", /is the root/],
        ["//", /is the root|empty part/],
        ["/a//b/", /has an empty part/],
        ["/a/../b", /part \. or \.\./],
        ["./a", /part \. or \.\./],
        ["/a?b=1", /query or a fragment/],
        ["/a#b", /query or a fragment/],
        ["/a b/", /has the part "a b"/],
        ["/a%2fb/", /has the part "a%2fb"/],
        ["/a\\b/", /letters, digits/],
        [`/${"a".repeat(200)}/`, /longer than 200/],
    ] as const) {
        it(`refuses ${JSON.stringify(text.slice(0, 20))} with the reason`, () => {
            assert.match(pathPrefixSchema.safeParse(text).error?.issues[0]?.message ?? "accepted", reason);
        });
    }

    it("is stable: what was accepted is accepted again, as it is, and never holds a way out", () => {
        const piece = fc.oneof(
            fc.stringMatching(/^[\w.~-]{0,6}$/),
            fc.constantFrom("..", ".", "", "%2e", "a b", "?", "#"),
        );
        const text = fc.oneof(
            fc.array(piece, { maxLength: 5 }).map((parts) => parts.join("/")),
            fc.string({ maxLength: 12 }),
        );
        let accepted = 0;
        fc.assert(
            fc.property(text, (input) => {
                const { data } = pathPrefixSchema.safeParse(input);
                if (data === undefined) return;
                accepted += 1;
                assert.equal(pathPrefixSchema.parse(data), data);
                assert.match(data, /^\/([\w.~-]+\/)+$/);
                assert.equal(
                    new URL(data, "http://www.acme.example").pathname,
                    data,
                    "no client reads it as another path",
                );
            }),
            { numRuns: 2000 },
        );
        assert.ok(accepted > 100, `${accepted} accepted`);
    });

    it("contains by whole parts", () => {
        assert.equal(containsPrefix("/", "/shop/"), true);
        assert.equal(containsPrefix("/shop/", "/shop/cart/"), true);
        assert.equal(containsPrefix("/shop/", "/shopping/"), false);
    });
});
