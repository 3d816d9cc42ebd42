import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { Api } from "../support/api";
import { platformCommand } from "../support/offline";
import { sectionPlatform, spawnPlatform, withFolder } from "../support/platform";

const fails = (args: string[], stdin = "") =>
    new Promise<string>((resolve) => {
        const child = execFile(process.execPath, [sectionPlatform, ...args], (error, _stdout, stderr) => resolve(`${error?.code} ${stderr.trim()}`));
        child.stdin?.end(stdin);
    });

describe("the section-platform command", function () {
    this.timeout(60_000);

    it("makes users and tokens, lists and revokes them, serves, checks", () =>
        withFolder(async (folder) => {
            assert.match(await platformCommand(folder, "user", "add", "olga@agency.example", "--first-name", "Olga"), /^user 1 olga@agency\.example$/);
            const token = await platformCommand(folder, "token", "add", "olga@agency.example", "--description", "laptop", "--expires", "2099-01-01");
            const listed = await platformCommand(folder, "token", "list", "olga@agency.example");
            assert.match(listed, /^[0-9a-f]{16}\twrite\t2099-01-01T00:00:00\.000Z\tlaptop$/);
            assert.ok(!listed.includes(token));
            const platform = await spawnPlatform(folder);
            assert.equal((await new Api(platform.url, token).get("/user")).first_name, "Olga");
            assert.match(
                await fails(["token", "list", "olga@agency.example", "--data-dir", folder]),
                /^1 section-platform: .* is in use by process \d+\. Stop that process/,
            );
            assert.equal(await platform.stop(), 0);
            await platformCommand(folder, "token", "revoke", "olga@agency.example", listed.split("\t")[0] as string);
            assert.equal(await platformCommand(folder, "check"), "rows and repositories agree");
            assert.equal(await platformCommand(folder, "token", "list", "olga@agency.example"), "");
        }));

    it("fails with one line and an exit code", async () => {
        assert.match(await fails(["check"]), /^1 section-platform: no data folder is given\. Use --data-dir DIR or set SECTION_PLATFORM_DATA_DIR\.$/);
        assert.match(await fails(["serve", "--data-dir", "/tmp/x", "--port", "99999"]), /^1 section-platform: the platform's settings are wrong: port/);
        assert.match(await fails(["fly"]), /unknown command 'fly'/);
        await withFolder(async (folder) => {
            assert.match(
                await fails(["token", "add", "nobody@agency.example", "--description", "x", "--data-dir", folder]),
                /^1 section-platform: there is no user nobody@agency\.example\. Add the user first\.$/,
            );
        });
    });
});
