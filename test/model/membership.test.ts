import assert from "node:assert/strict";
import { issuesOf, membershipSchema } from "section-model";

describe("membership", () => {
    it("normalises the address", () => {
        assert.equal(
            membershipSchema.parse({ organization: "1335", email: "Jane@Agency.Example", role: "admin" }).email,
            "jane@agency.example",
        );
    });

    it("lists everything wrong", () => {
        const { error } = membershipSchema.safeParse({ organization: "acme", email: "jane", role: "boss" });
        assert.deepEqual(
            issuesOf(error!).map(({ property }) => property),
            ["organization", "email", "role"],
        );
    });
});
