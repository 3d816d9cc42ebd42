import assert from "node:assert/strict";
import { openSecretBox } from "../../../platform/auth/secret-box";
import { fingerprintOf, readSecretKey } from "../../../platform/auth/secret-key";
import { withFolder } from "../../support/platform";

describe("the key of secrets", () => {
    it("has a fingerprint that tells it from another one, and not what it is", () =>
        withFolder(async (one) =>
            withFolder(async (other) => {
                for (const folder of [one, other]) await openSecretBox(folder);
                const [mine, theirs] = [await readSecretKey(one), await readSecretKey(other)];
                assert.equal(fingerprintOf(mine), fingerprintOf(`${mine}\n`));
                assert.notEqual(fingerprintOf(mine), fingerprintOf(theirs));
                const key = Buffer.from(mine, "base64");
                assert.ok(!fingerprintOf(mine).includes(key.toString("hex").slice(0, 16)));
            }),
        ));
});
