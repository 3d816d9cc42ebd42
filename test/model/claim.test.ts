import assert from "node:assert/strict";
import { formatHolder, newClaimSchema } from "section-model";

describe("a claim", () => {
    const claim = { id: "Ab3_-Ab3_-Ab3_-x", project: "agency", stack: "prod", resource: "acme-www" };

    it("says in words who holds the thing", () => {
        assert.equal(formatHolder(claim), "agency/prod acme-www");
    });

    it("has an id of 16 to 64 plain characters, and words without control characters", () => {
        const isRight = (change: object) => newClaimSchema.safeParse({ ...claim, ...change }).success;
        assert.ok(isRight({}) && isRight({ id: "x".repeat(64), project: "x".repeat(200), resource: "Söhne 😀" }));
        for (const wrong of [
            { id: "x".repeat(15) },
            { id: "x".repeat(65) },
            { id: "x".repeat(16).replace("x", ".") },
            { project: "" },
            { stack: "x".repeat(201) },
            { resource: "x".repeat(301) },
            { resource: "a\u0000b" },
            { resource: "a\u2028b" },
            { resource: "half of 😀: \ud83d" },
            { owner: "somebody" },
        ])
            assert.ok(!isRight(wrong), JSON.stringify(wrong));
    });
});
