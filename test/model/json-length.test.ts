import assert from "node:assert/strict";
import fc from "fast-check";
import { laidOutLength } from "section-model";

describe("the length of a JSON document that is laid out", () => {
    it("is that of its text", () => {
        fc.assert(
            fc.property(
                fc.jsonValue({ maxDepth: 5 }),
                fc.nat(10).filter((indent) => indent > 0),
                (document, indent) => {
                    const compact = JSON.stringify(document);
                    assert.equal(
                        laidOutLength(document, compact, indent),
                        JSON.stringify(document, undefined, indent).length,
                    );
                },
            ),
            { numRuns: 500 },
        );
    });

    it("is found without writing it", () => {
        const deep = "[".repeat(190);
        const bomb = `${deep}${"0,".repeat(100_000)}0${"]".repeat(190)}`;
        const begun = process.cpuUsage();
        assert.ok(laidOutLength(JSON.parse(bomb), bomb, 1000) > 19_000_000_000);
        const { user } = process.cpuUsage(begun);
        assert.ok(user < 1_000_000, `${user} µs`);
    });
});
