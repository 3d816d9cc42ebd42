import assert from "node:assert/strict";
import { formatLogfmt } from "../../platform/logfmt";

describe("the log for people", () => {
    it("is time, level, message and pairs, quoted where that is needed", () => {
        const line = JSON.stringify({
            level: 40,
            time: "2026-01-02T03:04:05.678Z",
            transaction: "1.2",
            err: { message: "no = way" },
            status: 503,
            msg: "a b",
        });
        assert.equal(
            formatLogfmt(line),
            '2026-01-02T03:04:05.678Z warn "a b" transaction=1.2 err="{\\"message\\":\\"no = way\\"}" status=503\n',
        );
    });

    it("keeps a line a line", () => {
        assert.equal(
            formatLogfmt(JSON.stringify({ level: 30, time: "t", msg: "x", path: "a\nb" })),
            't info x path="a\\nb"\n',
        );
    });
});
