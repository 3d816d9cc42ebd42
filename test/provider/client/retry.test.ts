import assert from "node:assert/strict";
import type { AxiosError } from "axios";
import { mayRetry, retryDelayMs } from "../../../provider/client/retry";

const failure = (method: string, status?: number, code?: string, headers = {}) =>
    ({ config: { method }, code, response: status === undefined ? undefined : { status, headers } }) as unknown as AxiosError;

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
        assert.equal(retryDelayMs(1, failure("get", 503, undefined, { "retry-after": "3" })), 3000);
        assert.equal(retryDelayMs(1, failure("get", 503, undefined, { "retry-after": "9999" })), 10_000);
        for (let count = 1; count < 12; count += 1) {
            const delay = retryDelayMs(count, failure("get", 500));
            const ceiling = Math.min(200 * 2 ** (count - 1), 10_000);
            assert.ok(delay >= ceiling / 2 && delay <= ceiling, `${count}: ${delay}`);
        }
        assert.ok(new Set(Array.from({ length: 10 }, () => retryDelayMs(5, failure("get", 500)))).size > 5);
    });
});
