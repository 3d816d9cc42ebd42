import assert from "node:assert/strict";
import { recordTypeSchema, ttlSchema } from "../../../platform/dns/zone-record";

describe("zone record", () => {
    it("has a type from the list, in any case, and a time to live within bounds", () => {
        assert.equal(recordTypeSchema.parse(" cname"), "CNAME");
        assert.match(
            recordTypeSchema.safeParse("SOA").error?.issues[0]?.message ?? "",
            /must be one of A, AAAA, ALIAS/,
        );
        assert.equal(ttlSchema.parse(300), 300);
        for (const ttl of [59, 604_801, 300.5, "300", null])
            assert.equal(ttlSchema.safeParse(ttl).success, false, String(ttl));
    });
});
