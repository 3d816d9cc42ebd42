import assert from "node:assert/strict";
import { hashToken, isSameHash, makeToken, tokenIdOf } from "../../../platform/auth/token";

describe("a token", () => {
    it("has a public id, a checksum that catches typos, and a hash", () => {
        const { id, token, hash } = makeToken();
        assert.equal(tokenIdOf(token), id);
        for (const at of [8, 30, token.length - 1]) {
            const typo = token.slice(0, at) + (token[at] === "a" ? "b" : "a") + token.slice(at + 1);
            assert.equal(tokenIdOf(typo), undefined, typo);
        }
        assert.ok(
            isSameHash(hash, hashToken(token)) &&
                !isSameHash(hash, hashToken(`${token} `)) &&
                !isSameHash(hash, Buffer.alloc(3)),
        );
        assert.notEqual(makeToken().token, token);
    });
});
