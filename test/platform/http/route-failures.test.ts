import assert from "node:assert/strict";
import { z } from "zod";
import { failureStatuses, failuresOf } from "../../../platform/http/route-failures";

const nothing = { method: "GET", access: "anonymous", failures: [] } as const;

describe("what a route can fail with", () => {
    it("is what its schemas, its access rule and the server make of bad requests", () => {
        assert.deepEqual(failuresOf(nothing), ["too-slow", "rate-limited", "head-too-large", "internal", "overloaded"]);
        const statuses = (route: Partial<Parameters<typeof failuresOf>[0]>) => [
            ...failureStatuses({ ...nothing, ...route }).keys(),
        ];
        assert.deepEqual(statuses({ access: "user" }), [401, 403, 408, 429, 431, 500, 503]);
        assert.deepEqual(
            statuses({ access: "user", twoFactorExempt: true }),
            [401, 408, 429, 431, 500, 503],
            "whoever is signed in may read it",
        );
        assert.deepEqual(
            statuses({ access: "user", method: "POST", twoFactorExempt: true }),
            [401, 403, 408, 413, 429, 431, 500, 503],
            "a token may be one that reads",
        );
        assert.deepEqual(
            statuses({ access: ["admin"], params: z.object({}) }),
            [400, 401, 403, 404, 408, 410, 429, 431, 500, 503],
        );
        const ofMembers = { ...nothing, access: "member" } as const;
        assert.deepEqual(failureStatuses(ofMembers).get(410), ["account-deleted"]);
        assert.equal(failureStatuses(ofMembers, false).get(410), undefined, "v1 does not know it");
    });

    it("has what it declares itself too, once", () => {
        const codes = failuresOf({ ...nothing, failures: ["hostname-taken", "rate-limited"] });
        assert.deepEqual(codes, [
            "too-slow",
            "rate-limited",
            "head-too-large",
            "internal",
            "overloaded",
            "hostname-taken",
        ]);
        assert.deepEqual(failureStatuses({ ...nothing, access: "user", failures: ["unverified"] }).get(403), [
            "second-factor",
            "unverified",
        ]);
    });

    it("cannot have claim-held when extensions are off", () => {
        const route = { ...nothing, failures: ["idempotency-conflict", "claim-held"] } as const;
        assert.deepEqual(failureStatuses(route, true).get(409), ["idempotency-conflict", "claim-held"]);
        assert.deepEqual(failureStatuses(route, false).get(409), ["idempotency-conflict"]);
    });
});
