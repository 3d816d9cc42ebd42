import assert from "node:assert/strict";
import { makeTransactionId } from "../../../platform/http/transaction-id";

describe("a transaction id", () => {
    it("is the second it began in, and a number", () => {
        assert.match(makeTransactionId(new Date("2026-01-02T03:04:05.678Z")), /^260102030405\.\d{6}$/);
        assert.ok(new Set(Array.from({ length: 50 }, () => makeTransactionId())).size > 45);
    });
});
