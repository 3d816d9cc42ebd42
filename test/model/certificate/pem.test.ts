import assert from "node:assert/strict";
import { readPem } from "../../../model/certificate/pem";

const begin = "-----BEGIN CERTIFICATE-----";
const end = "-----END CERTIFICATE-----";

describe("PEM text", () => {
    it("comes in many spellings and leaves in one", () => {
        const long = Buffer.alloc(90, 7).toString("base64");
        for (const text of [
            `${begin}\n${long}\n${end}`,
            `Bag Attributes\r\n${begin}\r\n${long.slice(0, 50)}\r\n${long.slice(50)}\r\n${end}\r\nsubject=x`,
        ]) {
            const { blocks, reasons } = readPem(text);
            assert.deepEqual(reasons, []);
            assert.deepEqual(
                blocks.map(({ label, text: spelled }) => [label, spelled]),
                [["CERTIFICATE", `${begin}\n${long.slice(0, 64)}\n${long.slice(64)}\n${end}\n`]],
            );
        }
    });

    it("says of encryption, in the label or in the old header", () => {
        const old =
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----";
        const recent = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----";
        for (const text of [old, recent]) assert.equal(readPem(text).blocks[0]?.isEncrypted, true);
    });

    const wrong: [string, RegExp][] = [
        [`${begin}\nAAAA\n`, /^line 1 begins a CERTIFICATE that never ends/],
        [`${begin}\nAAAA\n${begin}\nAAAA\n${end}`, /^line 1 begins a CERTIFICATE that never ends/],
        [`AAAA\n${end}`, /^line 2 ends a CERTIFICATE that has no BEGIN line/],
        [`${begin}\nAA AA*\n${end}`, /^the CERTIFICATE of line 1 is damaged/],
        [`${begin}\nAAAAA\n${end}`, /^the CERTIFICATE of line 1 is damaged/],
        [`${begin}\n${end}`, /^the CERTIFICATE of line 1 is damaged/],
        [`${begin}\\nAAAA\\n${end}\\n`, /^has \\n as two characters/],
        [`${begin}\nAAAA\n-----END PRIVATE KEY-----`, /^line 1 begins a CERTIFICATE that never ends/],
    ];
    it("that is damaged says where", () => {
        for (const [text, reason] of wrong) {
            const { reasons } = readPem(text);
            assert.equal(reasons.length, 1, text);
            assert.match(reasons[0] as string, reason);
        }
    });
});
