import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { openAuthority } from "../../../platform/acme/open-authority";
import { withFolder } from "../../support/platform";

const loadKey = () => Promise.reject(new Error("not asked for"));
const acmeDirectory = "https://ca.example/dir";

describe("the certificate authority of the settings", () => {
    it("is none without a directory, and is asked for nothing when it is opened", async () => {
        assert.equal(await openAuthority({ acmeCaFile: "/nonexistent" }, loadKey), undefined);
        const authority = await openAuthority({ acmeDirectory }, loadKey);
        await authority?.close();
    });

    it("needs files that can be read, and an external account whole", () =>
        withFolder(async (folder) => {
            const acmeExternalKeyFile = path.join(folder, "mac");
            await writeFile(acmeExternalKeyFile, "AAAA\n");
            const open = (settings: object) => openAuthority({ acmeDirectory, ...settings }, loadKey);
            await assert.rejects(open({ acmeCaFile: "/nonexistent/ca.pem" }), {
                code: "invalid-input",
                detail: "acmeCaFile /nonexistent/ca.pem cannot be read: ENOENT",
            });
            await assert.rejects(
                open({ acmeExternalKeyFile }),
                /acmeExternalKeyId and acmeExternalKeyFile belong together/,
            );
            await assert.rejects(open({ acmeExternalKeyId: "kid-1" }), /belong together/);
            await (await open({ acmeExternalKeyId: "kid-1", acmeExternalKeyFile }))?.close();
        }));
});
