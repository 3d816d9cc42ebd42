import assert from "node:assert/strict";
import type { Problem } from "section-model";
import { RateLimit } from "../../../platform/http/rate-limit";

function refusal(work: () => void): Problem | undefined {
    try {
        work();
        return undefined;
    } catch (error) {
        return error as Problem;
    }
}

describe("a rate limit", () => {
    it("lets that many through at once, then as many as time makes room for, and says how long to wait", () => {
        let nowMs = 0;
        const limit = new RateLimit("userRequestsPerMinute", 60, () => nowMs);
        for (let count = 0; count < 60; count += 1) limit.take("jane");
        const refused = refusal(() => limit.take("jane"));
        assert.deepEqual([refused?.code, refused?.retryAfterSeconds], ["rate-limited", 1]);
        assert.equal(
            refused?.message,
            "requests of this user: more than 60 a minute (the platform's setting userRequestsPerMinute). Please wait a few minutes, or as long as Retry-After says.",
        );
        limit.take("john");
        nowMs = 2_000;
        limit.take("jane");
        limit.take("jane");
        assert.ok(refusal(() => limit.take("jane")));
        nowMs = 600_000;
        for (let count = 0; count < 60; count += 1) limit.take("jane");
        assert.ok(
            refusal(() => limit.take("jane")),
            "time that passed unused is not saved up",
        );
    });

    it("of few a minute means a longer wait", () => {
        const limit = new RateLimit("gitRequestsPerMinute", 2, () => 0);
        limit.take("a");
        limit.take("a");
        assert.equal(refusal(() => limit.take("a"))?.retryAfterSeconds, 30);
    });

    it("of an hour makes room sixty times as slowly", () => {
        const limit = new RateLimit("uploadsPerHour", 60, () => 0);
        for (let count = 0; count < 60; count += 1) limit.take("a");
        const refused = refusal(() => limit.take("a"));
        assert.equal(refused?.retryAfterSeconds, 60);
        assert.match(refused?.message ?? "", /^uploads of this user: more than 60 an hour \(/);
    });

    it("of 0 is none, and many keys are not remembered for ever", () => {
        const none = new RateLimit("gitRequestsPerMinute", 0);
        for (let count = 0; count < 1000; count += 1) none.take("a");
        assert.equal(none.size, 0);
        const limit = new RateLimit("gitRequestsPerMinute", 1, () => 0);
        limit.take("first");
        for (let count = 0; count < 10_000; count += 1) limit.take(`key ${count}`);
        assert.equal(limit.size, 10_000);
        limit.take("first");
        assert.ok(
            refusal(() => limit.take("key 9999")),
            "the youngest are kept",
        );
    });
});
