import assert from "node:assert/strict";
import { applicationSchema, issuesOf } from "section-model";

describe("application", () => {
    it("normalises the hostname", () => {
        assert.equal(
            applicationSchema.parse({ organization: "1335", hostname: "WWW.acme.example." }).hostname,
            "www.acme.example",
        );
    });

    it("lists everything wrong", () => {
        const { error } = applicationSchema.safeParse({
            organization: "1",
            hostname: "acme",
            origin: "http://x",
            stack: "",
        });
        assert.deepEqual(
            issuesOf(error!).map(({ property }) => property),
            ["hostname", "origin", "stack"],
        );
    });
});
