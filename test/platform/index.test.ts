import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { startPlatform } from "section-platform";
import { Api } from "../support/api";
import { withFolder, withTemporaryFolder } from "../support/platform";

describe("startPlatform", function () {
    this.timeout(120_000); // each start makes a database
    it("is temporary without a folder, and closes twice without harm", () =>
        withTemporaryFolder(async (folder) => {
            const platform = await startPlatform();
            assert.equal(readdirSync(folder).filter((name) => name.startsWith("section-platform-")).length, 1);
            await Promise.all([platform.close(), platform.close()]);
            assert.deepEqual(
                readdirSync(folder).filter((name) => name.startsWith("section-platform-")),
                [],
            );
            await assert.rejects(fetch(platform.url));
        }));

    it("keeps its data in a folder, and a failed start gives the folder back", () =>
        withFolder(async (dataDir) => {
            const first = await startPlatform({ dataDir });
            await first.addUser({ email: "olga@agency.example" });
            const token = await first.addToken({ email: "olga@agency.example", description: "x" });
            const port = Number(new URL(first.url).port);
            await assert.rejects(startPlatform({ dataDir }), { code: "directory-locked" });
            await withFolder((other) =>
                assert.rejects(startPlatform({ dataDir: other, port }), { code: "EADDRINUSE" }),
            );
            await first.close();
            const second = await startPlatform({ dataDir, port });
            assert.equal((await new Api(second.url, token).get("/user")).email, "olga@agency.example");
            await second.close();
        }));
});
