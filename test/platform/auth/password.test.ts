import assert from "node:assert/strict";
import { hashPassword, isPassword } from "../../../platform/auth/password";

describe("a password", () => {
    it("is kept as argon2id and recognised", async () => {
        const hash = await hashPassword("correct horse battery");
        assert.match(hash, /^\$argon2id\$/);
        assert.deepEqual(
            [
                await isPassword(hash, "correct horse battery"),
                await isPassword(hash, "wrong horse battery"),
                await isPassword(null, "x"),
                await isPassword(undefined, "x"),
                await isPassword(hash, "x".repeat(300)),
            ],
            [true, false, false, false, false],
        );
    });
});
