import assert from "node:assert/strict";
import { stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { openSecretBox } from "../../../platform/auth/secret-box";
import { withFolder } from "../../support/platform";

describe("a box for secrets", () => {
    it("gives back what was sealed, under the same purpose and unchanged only", () =>
        withFolder(async (folder) => {
            const box = await openSecretBox(folder);
            const sealed = box.seal("certificate/a.example", "the key");
            assert.ok(!sealed.includes("the key"));
            assert.notDeepEqual(box.seal("certificate/a.example", "the key"), sealed);
            assert.equal(box.open("certificate/a.example", sealed), "the key");
            assert.throws(() => box.open("certificate/b.example", sealed), /cannot be opened/);
            sealed.writeUInt8(sealed.readUInt8(14) ^ 1, 14);
            assert.throws(
                () => box.open("certificate/a.example", sealed),
                /a secret of certificate\/a\.example cannot be opened with this platform's key/,
            );
        }));

    it("has one key per folder, whoever makes it, that only its owner can read", () =>
        withFolder(async (folder) => {
            const [one, other] = await Promise.all([openSecretBox(folder), openSecretBox(folder)]);
            assert.equal((await openSecretBox(folder)).open("x", one.seal("x", "secret")), "secret");
            assert.equal(other.open("x", one.seal("x", "secret")), "secret");
            assert.equal((await stat(path.join(folder, "secret.key"))).mode & 0o777, 0o600);
        }));

    it("refuses a key file that is damaged, instead of making another one", () =>
        withFolder(async (folder) => {
            await writeFile(path.join(folder, "secret.key"), "c2hvcnQ=\n");
            await assert.rejects(openSecretBox(folder), /the secret key has 5 bytes, not 32/);
        }));
});
