import assert from "node:assert/strict";
import jsQR from "jsqr";
import { PNG } from "pngjs";
import { drawQrCode, makeTotpSecret, stepOfCode } from "../../../platform/auth/totp";

/** What a camera would read. */
function readQrCode(pngDataUri: string): string | undefined {
    const { data, width, height } = PNG.sync.read(
        Buffer.from(pngDataUri.replace("data:image/png;base64,", ""), "base64"),
    );
    return jsQR(new Uint8ClampedArray(data), width, height)?.data;
}

describe("one-time codes", () => {
    it("are those of RFC 6238, appendix B", () => {
        const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"; // "12345678901234567890"
        for (const [seconds, code] of [
            [59, "287082"],
            [1_111_111_109, "081804"],
            [1_111_111_111, "050471"],
            [1_234_567_890, "005924"],
            [2_000_000_000, "279037"],
            [20_000_000_000, "353130"],
        ] as const) {
            assert.equal(stepOfCode(secret, code, new Date(seconds * 1000)), Math.floor(seconds / 30), code);
        }
    });

    it("count a step early and a step late, as the step they are of", () => {
        const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        const at = (seconds: number, code = "050471") => stepOfCode(secret, code, new Date(seconds * 1000));
        const step = Math.floor(1_111_111_111 / 30);
        assert.deepEqual(
            [at(1_111_111_111 - 30), at(1_111_111_111), at(1_111_111_111 + 30), at(1_111_111_111 + 60)],
            [step, step, step, undefined],
        );
        for (const code of ["", "050472", "50471", "0050471", "abcdef", "０５０４７１"])
            assert.equal(at(1_111_111_111, code), undefined, code);
        assert.equal(at(1_111_111_111, "050 471"), step, "as people type them");
    });

    it("come from a secret that an app can read from its address and from both pictures", async () => {
        const { base32, url } = makeTotpSecret("jürgen+x@agency.example");
        assert.match(base32, /^[A-Z2-7]{32}$/);
        const { protocol, host, pathname, searchParams } = new URL(url);
        assert.deepEqual(
            [protocol, host, decodeURIComponent(pathname)],
            ["otpauth:", "totp", "/Section:jürgen+x@agency.example"],
        );
        assert.deepEqual(Object.fromEntries(searchParams), {
            issuer: "Section",
            secret: base32,
            algorithm: "SHA1",
            digits: "6",
            period: "30",
        });
        const { svg, pngDataUri } = await drawQrCode(url);
        assert.equal(readQrCode(pngDataUri), url);
        assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg".*<\/svg>\s*$/s);
        assert.notEqual(makeTotpSecret("x").base32, base32);
    });
});
