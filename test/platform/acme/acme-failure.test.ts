import assert from "node:assert/strict";
import { AcmeFailure, failureOfDocument, failureOfReply, retryAfterMs } from "../../../platform/acme/acme-failure";

describe("what a certificate authority refuses", () => {
    it("keeps its kind, its words and those about single names", () => {
        const document = {
            type: "urn:ietf:params:acme:error:caa",
            detail: "CAA forbids",
            subproblems: [{ detail: "a.example: CAA says\nother.example" }, null, { detail: 5 }],
        };
        const failure = failureOfDocument(document);
        assert.deepEqual([failure.kind, failure.message], ["caa", "CAA forbids; a.example: CAA says other.example"]);
    });

    it("is read from any body", () => {
        const reply = (body: string, headers = {}) => ({ status: 429, headers, body: Buffer.from(body) });
        const limited = failureOfReply(
            reply('{"type":"urn:ietf:params:acme:error:rateLimited","detail":"slow down"}', { "retry-after": "120" }),
        );
        assert.deepEqual(
            [limited.kind, limited.message, limited.status, limited.retryAfterMs],
            ["rateLimited", "slow down", 429, 120_000],
        );
        for (const body of ["<html>", "", "null", "[]", '"x"', '{"type":5}']) {
            const { kind, message } = failureOfReply(reply(body));
            assert.deepEqual([kind, message], ["serverInternal", "status 429"], body);
        }
    });

    it("is shown on one line, not endless", () => {
        assert.equal(new AcmeFailure("x", " a\r\n\u001b[31mb\u0000 ").message, "a [31mb");
        assert.equal(new AcmeFailure("x", "y".repeat(5000)).message.length, 501);
    });

    it("says when to come back, in seconds or as a date", () => {
        const now = Date.parse("2026-11-24T10:00:00Z");
        assert.equal(retryAfterMs("7", now), 7000);
        assert.equal(retryAfterMs("Tue, 24 Nov 2026 10:01:00 GMT", now), 60_000);
        assert.equal(retryAfterMs("Tue, 24 Nov 2026 09:00:00 GMT", now), 0);
        for (const header of [undefined, "soon", ""]) assert.equal(retryAfterMs(header, now), undefined, header);
    });
});
