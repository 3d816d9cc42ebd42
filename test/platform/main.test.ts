import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { Api } from "../support/api";
import { platformCommand } from "../support/offline";
import { sectionPlatform, spawnPlatform, startPlatform, withFolder } from "../support/platform";

const fails = (args: string[], stdin = "") =>
    new Promise<string>((resolve) => {
        const child = execFile(process.execPath, [sectionPlatform, ...args], (error, _stdout, stderr) => {
            const words = stderr
                .replaceAll(/^(opening the data|checking repositories): .* s\n/gm, "")
                .replace(/\n--help shows .*\n$/, "");
            resolve(`${error?.code} ${words.trim()}`);
        });
        child.stdin?.end(stdin);
    });

describe("the section-platform command", function () {
    this.timeout(180_000);

    it("makes users and tokens, lists and revokes them, serves, checks", () =>
        withFolder(async (folder) => {
            assert.match(
                await platformCommand(folder, "user", "add", "olga@agency.example", "--first-name", "Olga"),
                /^user 1 olga@agency\.example$/,
            );
            const token = await platformCommand(
                folder,
                "token",
                "add",
                "olga@agency.example",
                "--description",
                "laptop",
                "--expires",
                "2099-01-01",
            );
            const listed = await platformCommand(folder, "token", "list", "olga@agency.example");
            assert.match(listed, /^[0-9a-f]{16}\twrite\t2099-01-01T00:00:00\.000Z\tlaptop$/);
            assert.ok(!listed.includes(token));
            const platform = await spawnPlatform(folder);
            assert.equal((await new Api(platform.url, token).get("/user")).first_name, "Olga");
            assert.equal(await platformCommand(folder, "token", "list", "olga@agency.example"), listed);
            assert.match(
                await fails(["check", "--data-dir", folder]),
                /^1 section-platform: .* is in use by process \d+\. Stop that process/,
            );
            assert.equal(await platform.stop(), 0);
            await platformCommand(folder, "token", "revoke", "olga@agency.example", listed.split("\t")[0] as string);
            assert.equal(await platformCommand(folder, "check"), "rows and repositories agree");
            assert.equal(await platformCommand(folder, "token", "list", "olga@agency.example"), "");
        }));

    it("lists accounts and users, and does to them what only an operator may", () =>
        withFolder(async (folder) => {
            const platform = await startPlatform({ dataDir: folder });
            const { account } = await platform.api.makeSite("Acme", "www.acme.example");
            await platform.signUp("jane@agency.example");
            await platform.api.must("POST", `/account/${account}/user`, { email: "joe@agency.example" });
            await platform.close();
            const run = (...args: string[]) => platformCommand(folder, ...args);
            const refused = (...args: string[]) => fails([...args, "--data-dir", folder]);
            const id = String(account);
            assert.equal(
                await run("account", "require-2fa", id, "on"),
                `account ${id} (Acme) refuses passwords without a one-time code`,
            );
            assert.equal(await run("account", "limit", id, "7"), `account ${id} (Acme) may have 7 applications`);
            assert.match(
                await refused("account", "transfer", id, "joe@agency.example"),
                /^1 section-platform: joe@agency\.example is not verified and cannot own/,
            );
            assert.equal(
                await run("account", "transfer", id, "jane@agency.example"),
                `account ${id} (Acme) belongs to jane@agency.example`,
            );
            assert.equal(
                await run("account", "list"),
                `${id}\tAcme\tjane@agency.example\t3 members\t1 of 7 applications\t2fa`,
            );
            assert.equal(
                await run("user", "list"),
                "1\tolga@agency.example\tverified\t-\tOlga Owner\n2\tjane@agency.example\tverified\t-\tjane\n3\tjoe@agency.example\tunverified\t-",
            );
            assert.equal(await run("user", "verify", "joe@agency.example"), "user joe@agency.example is verified");
            assert.equal(
                await run("user", "reset-2fa", "joe@agency.example"),
                "user joe@agency.example has no authenticator app",
            );
            assert.match(
                await refused("user", "remove", "jane@agency.example"),
                /^1 section-platform: jane@agency\.example owns the accounts \d+ \(Acme\) and cannot be removed\. Transfer the ownership first\.$/,
            );
            assert.equal(await run("user", "remove", "JOE@agency.example"), "user joe@agency.example is removed");
        }));

    it("says what an argument should have been", async () => {
        for (const [args, pattern] of [
            [["account", "limit", "Acme", "7"], /value 'Acme' is invalid.* write the id of an account, such as 1335$/],
            [
                ["account", "limit", "1", "many"],
                /value 'many' is invalid.* write a number of applications, or default$/,
            ],
            [["account", "require-2fa", "1", "maybe"], /Allowed choices are on, off/],
        ] as const) {
            assert.match(await fails([...args]), pattern);
        }
    });

    it("fails with one line and an exit code", async () => {
        assert.match(
            await fails(["check"]),
            /^1 section-platform: no data folder is given\. Use --data-dir DIR or set SECTION_PLATFORM_DATA_DIR\.$/,
        );
        assert.match(
            await fails(["serve", "--data-dir", "/tmp/x", "--port", "99999"]),
            /^1 section-platform: the platform's settings are wrong: port/,
        );
        assert.match(await fails(["fly"]), /unknown command 'fly'/);
        await withFolder(async (folder) => {
            assert.match(
                await fails(["token", "add", "nobody@agency.example", "--description", "x", "--data-dir", folder]),
                /^1 section-platform: there is no user nobody@agency\.example\. Add the user first\.$/,
            );
        });
    });
});
