import assert from "node:assert/strict";
import type { AxiosResponse } from "axios";
import { askedDelayMs } from "../../client/retry-after";

describe("the wait that an answer asks for", () => {
    const now = Date.parse("2026-11-25T04:00:00Z");
    const asked = (text?: unknown) =>
        askedDelayMs({ headers: text === undefined ? {} : { "retry-after": text } } as AxiosResponse, now);

    it("is in seconds or by date; there is none in other words, in the past, or without an answer", () => {
        assert.deepEqual(["3", " 90 ", 7, "Wed, 25 Nov 2026 04:00:30 GMT"].map(asked), [3000, 90_000, 7000, 30_000]);
        const none = [undefined, "soon", "0", "-5", "Wed, 25 Nov 2026 03:59:00 GMT"];
        assert.deepEqual([...none.map(asked), askedDelayMs(undefined, now)], Array(6).fill(undefined));
    });
});
