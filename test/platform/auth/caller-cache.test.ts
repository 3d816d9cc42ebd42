import assert from "node:assert/strict";
import { CallerCache } from "../../../platform/auth/caller-cache";
import { hashToken } from "../../../platform/auth/token";

describe("known callers", () => {
    it("are known until they change, expire, or have to be asked about again", () => {
        const cache = new CallerCache();
        const caller = {
            userId: 1,
            email: "a@b.example",
            name: "A",
            verified: true,
            scope: "read" as const,
            via: "token" as const,
        };
        const hash = hashToken("one");
        const at = (time: string) => cache.find(hash, new Date(`2026-01-01T${time}Z`));
        cache.keep(hash, {
            caller,
            expiresAt: new Date("2026-01-01T10:30:00Z"),
            askAgainAt: new Date("2026-01-01T11:00:00Z"),
        });
        assert.deepEqual(
            [at("10:00:00"), at("10:30:00"), cache.find(hashToken("two"), new Date(0))],
            [caller, undefined, undefined],
        );
        cache.keep(hash, { caller, expiresAt: null, askAgainAt: new Date("2026-01-01T11:00:00Z") });
        assert.deepEqual([at("10:59:59"), at("11:00:00")], [caller, undefined]);
        cache.clear();
        assert.equal(at("10:00:00"), undefined);
        assert.ok(!JSON.stringify(cache).includes("one"));
    });
});
