import assert from "node:assert/strict";
import {
    digestPasswordHash,
    formTokenOf,
    hashSecret,
    isSecret,
    makeSecret,
} from "../../../platform/auth/session-secret";

describe("the secret of a session", () => {
    it("is random, has a form, and is told by nothing that is made of it", () => {
        const secret = makeSecret();
        assert.notEqual(secret, makeSecret());
        assert.ok(isSecret(secret));
        for (const text of ["", "x", `${secret}x`, secret.slice(1), `${secret.slice(1)};`])
            assert.equal(isSecret(text), false, text);
        const made = [
            hashSecret(secret).toString("base64url"),
            formTokenOf(secret),
            digestPasswordHash(secret).toString("base64url"),
        ];
        assert.equal(new Set([secret, ...made]).size, 4, "one is no use in place of another");
    });
});
