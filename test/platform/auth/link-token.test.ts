import assert from "node:assert/strict";
import { makeLinkToken } from "../../../platform/auth/link-token";
import { hashToken, tokenIdOf } from "../../../platform/auth/token";

describe("the token of a link", () => {
    it("has 256 random bits, fits into an address, is kept as a hash and is no API token", () => {
        const { token, hash } = makeLinkToken();
        assert.match(token, /^[0-9A-Za-z_-]{43}$/);
        assert.deepEqual(hash, hashToken(token));
        assert.equal(tokenIdOf(token), undefined);
        assert.notEqual(makeLinkToken().token, token);
    });
});
