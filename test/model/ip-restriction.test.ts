import assert from "node:assert/strict";
import fc from "fast-check";
import { ipRestrictionSchema } from "section-model";

describe("ip-restriction", () => {
    it("accepts every IPv4 address and block", () => {
        fc.assert(
            fc.property(
                fc.ipV4(),
                fc.integer({ min: 0, max: 32 }),
                (ip, bits) =>
                    ipRestrictionSchema.safeParse(ip).success && ipRestrictionSchema.safeParse(`${ip}/${bits}`).success,
            ),
        );
    });

    for (const text of ["::1", "256.1.1.1", "1.2.3", "1.2.3.4/33", "01.2.3.4", "1.2.3.4 ", "1.2.3.4/"]) {
        it(`refuses ${text}`, () =>
            assert.match(ipRestrictionSchema.safeParse(text).error?.issues[0]?.message ?? "", /IPv4/));
    }
});
