import assert from "node:assert/strict";
import type { AxiosError } from "axios";
import { mayRetry, retryDelayMs, retryPolicy } from "../../client/retry";

const failure = (method: string, status?: number, code?: string, headers = {}) =>
    ({
        config: { method },
        code,
        response: status === undefined ? undefined : { status, headers },
    }) as unknown as AxiosError;

describe("trying again", () => {
    it("reads after passing failures, writes only when nobody read them", () => {
        const again = [
            failure("get", 500),
            failure("get", 502),
            failure("get", 408),
            failure("get", undefined, "ECONNRESET"),
            failure("post", 429),
            failure("post", 503),
            failure("post", undefined, "ECONNREFUSED"),
            failure("delete", 503),
        ];
        const never = [
            failure("get", 400),
            failure("get", 404),
            failure("post", 500),
            failure("post", undefined, "ECONNRESET"),
            failure("delete", undefined, "ETIMEDOUT"),
            failure("get", undefined, "ERR_CANCELED"),
            failure("patch", 502),
        ];
        assert.deepEqual(
            again.filter((error) => !mayRetry(error)),
            [],
        );
        assert.deepEqual(never.filter(mayRetry), []);
    });

    it("waits as long as it is asked to, else longer each time, never the same and never for ever", () => {
        const now = Date.parse("2026-11-25T04:00:00Z");
        for (const [text, asked] of [
            ["3", 3_000],
            ["90", 90_000],
            ["Wed, 25 Nov 2026 04:00:30 GMT", 30_000],
        ] as const) {
            const delay = retryDelayMs(1, failure("get", 503, undefined, { "retry-after": text }), now);
            assert.ok(delay >= asked && delay <= asked * 1.25, `${text}: ${delay}`);
        }
        for (const text of ["soon", "0", "Wed, 25 Nov 2026 03:59:00 GMT"])
            assert.ok(retryDelayMs(1, failure("get", 503, undefined, { "retry-after": text }), now) <= 200, text);
        for (let count = 1; count < 12; count += 1) {
            const delay = retryDelayMs(count, failure("get", 500));
            const ceiling = Math.min(200 * 2 ** (count - 1), 10_000);
            assert.ok(delay >= ceiling / 2 && delay <= ceiling, `${count}: ${delay}`);
        }
        assert.ok(new Set(Array.from({ length: 10 }, () => retryDelayMs(5, failure("get", 500)))).size > 5);
    });

    it("ends after four repetitions of what may be broken, and after fifteen minutes of being asked to wait", () => {
        const attemptsAt = (error: AxiosError, limit: number) => {
            const { retryCondition } = retryPolicy();
            let count = 1;
            while (count < limit && retryCondition?.(error) === true) count += 1;
            return count;
        };
        assert.equal(attemptsAt(failure("get", 500), 99), 5);
        assert.equal(attemptsAt(failure("post", 503), 99), 5);
        assert.equal(attemptsAt(failure("post", undefined, "ECONNREFUSED"), 99), 5);
        assert.equal(attemptsAt(failure("post", 400), 99), 1);
        assert.equal(attemptsAt(failure("get", undefined, "ECONNABORTED"), 99), 2, "each was a whole wait in vain");
        assert.equal(attemptsAt(failure("post", 429, undefined, { "retry-after": "60" }), 99), 99);
        assert.equal(attemptsAt(failure("post", 503, undefined, { "retry-after": "60" }), 99), 99);
        assert.equal(
            attemptsAt(failure("post", 429, undefined, { "retry-after": "1000" }), 99),
            1,
            "longer than anybody waits",
        );
    });
});
