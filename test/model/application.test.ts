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

    it("says where an origin with more than an address is declared", () => {
        const declared = {
            organization: "1",
            hostname: "www.acme.example",
            origin: { address: "192.0.2.1", port: 80 },
        };
        assert.deepEqual(
            issuesOf(applicationSchema.safeParse(declared).error!).map(({ reason }) => reason),
            [
                "must be a hostname or an IPv4 address; an origin with ports or other properties is declared on the Environment Production",
            ],
        );
        assert.deepEqual(
            issuesOf(applicationSchema.safeParse({ ...declared, origin: 7 }).error!).map(({ reason }) => reason),
            ["must be a hostname or an IPv4 address"],
        );
    });
});
