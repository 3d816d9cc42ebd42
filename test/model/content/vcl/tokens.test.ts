import assert from "node:assert/strict";
import { readTokens } from "../../../../model/content/vcl/tokens";

const tokensOf = (text: string) => [...readTokens(text)].map(({ kind, text: piece }) => `${kind} ${piece}`);

describe("pieces of VCL", () => {
    it("are names with dashes and dots, numbers, signs, and texts and inline C as one piece", () => {
        assert.deepEqual(tokensOf('set req.http.X-A+=1.5s; # note\n!~/* { */{"} "}C{ { }C"""a " b""":YQ==:'), [
            "word set",
            "word req.http.X-A",
            "sign +=",
            "number 1.5",
            "word s",
            "sign ;",
            "sign !~",
            'text {"} "}',
            "code C{ { }C",
            'text """a " b"""',
            "blob :YQ==:",
        ]);
        assert.deepEqual(tokensOf("aC{ 🎈 }"), ["word aC", "sign {", "odd 🎈", "sign }"]);
    });

    it("end with what is never closed", () => {
        assert.deepEqual(tokensOf('a /* b "c'), ["word a", "open /*"]);
        assert.deepEqual(tokensOf('a "b\n"'), ["word a", 'open "']);
        assert.deepEqual(tokensOf('{" b "'), ['open {"']);
    });
});
