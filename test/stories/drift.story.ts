import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import * as section from "pulumi-section";
import { openStack } from "../harness/stack";
import { mustGit } from "../support/git";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { openStack as openEngineStack } from "../support/stack";

const vcl = (line: string) =>
    `vcl 4.0;\n\nbackend default {\n    .host = "next-hop";\n    .port = "80";\n}\n\n# ${line}\n`;

interface Declared {
    role?: section.Role;
    line?: string;
}

const program =
    ({ role = "readonly", line = "ours" }: Declared = {}) =>
    async () => {
        const acme = new section.Organization("acme", { name: "Acme" });
        const jane = new section.Membership("jane", { organization: acme.id, email: "jane@agency.example", role });
        const www = new section.Application("www", {
            organization: acme.id,
            hostname: "www.acme.example",
            origin: "origin.example.net",
        });
        const staging = new section.Environment("staging", {
            application: www.id,
            name: "Staging",
            hostname: "staging.acme.example",
            origin: { address: "192.0.2.1", enableSni: true },
            ipBlacklist: ["198.51.100.0/24"],
            config: { "varnish/default.vcl": vcl(line) },
        });
        const shop = new section.Domain("shop", { environment: www.production, hostname: "shop.acme.example" });
        return { acme: acme.id, jane: jane.id, www: www.id, gitUrl: www.gitUrl, staging: staging.id, shop: shop.id };
    };

describe("drift", () => {
    let platform: RunningPlatform;
    beforeEach(async () => {
        platform = await startPlatform();
    });
    afterEach(() => platform.close());

    const open = (folder: string, on = openStack) =>
        on({
            folder,
            program: program(),
            environment: { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token },
        });

    /** Changes files without the program: clones Staging, writes files, pushes. Returns the clone. */
    async function pushByHand(
        folder: string,
        gitUrl: unknown,
        message: string,
        files: Record<string, string>,
    ): Promise<string> {
        const clone = path.join(folder, "clone");
        await mustGit(folder, platform.token, "clone", "--quiet", "--branch", "Staging", gitUrl as string, clone);
        for (const [file, text] of Object.entries(files)) await writeFile(path.join(clone, file), text);
        await mustGit(clone, platform.token, "add", "--all");
        await mustGit(clone, platform.token, "commit", "--quiet", "--message", message);
        await mustGit(clone, platform.token, "push", "--quiet");
        return clone;
    }

    it("in the database is seen by refresh and repaired by up", () =>
        withFolder(async (folder) => {
            const stack = await open(folder, openEngineStack);
            await stack.up();
            const [{ id: account }] = await platform.api.get("/account");
            const members = await platform.api.get(`/account/${account}/user`);
            const jane = members.find(({ email }: { email: string }) => email === "jane@agency.example");
            await platform.api.must("POST", `/account/${account}/user/${jane.id}`, { accountCapability: "admin" });
            await platform.api.must("PATCH", `/account/${account}`, { account_name: "Somebody Else" });

            const seen = await stack.refresh();
            assert.equal(seen.changes.update, 2, "the name and the role");
            const by = `by Olga Owner <olga@agency\\.example>, \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC, request \\d{12}\\.\\d{6}`;
            assert.match(
                seen.stdout,
                new RegExp(
                    `membership ${account}/jane@agency\\.example: role was changed from readonly to admin ${by}`,
                ),
            );
            assert.match(
                seen.stdout,
                new RegExp(`organization ${account}: name was changed from Acme to Somebody Else ${by}`),
            );
            const preview = await stack.preview({ diff: true });
            assert.deepEqual(preview.changes, { same: 4, update: 2 });
            assert.match(preview.stdout, /~ role: "admin" => "readonly"/);
            assert.match(preview.stdout, /~ name: "Somebody Else" => "Acme"/);
            assert.equal((await stack.up()).changes.update, 2);
            assert.equal((await platform.api.get(`/account/${account}/user/${jane.id}`)).accountCapability, "readonly");
        }));

    it("in git is seen line by line and repaired; what is not managed is left alone", () =>
        withFolder(async (folder) => {
            const stack = await open(folder);
            const { outputs } = await stack.up();
            const clone = await pushByHand(folder, outputs.gitUrl, "a change by hand", {
                "varnish/default.vcl": vcl("theirs"),
                "README.md": "not managed by the program\n",
            });

            const seen = await stack.refresh();
            assert.equal(seen.changes.update, 1);
            assert.match(
                seen.stdout,
                /environment \d+\/\d+\/Staging: config\["varnish\/default\.vcl"\] was changed by Gita <gita@agency\.example>, .* UTC, commit [0-9a-f]{10} "a change by hand"/,
            );
            const preview = await stack.preview({ diff: true });
            assert.deepEqual(preview.changes, { same: 5, update: 1 });
            assert.match(preview.stdout, /- # theirs\s+\+ # ours/);
            await stack.up();
            await mustGit(clone, platform.token, "pull", "--quiet");
            assert.equal(await mustGit(clone, undefined, "show", "HEAD:varnish/default.vcl"), vcl("ours"));
            assert.equal(await mustGit(clone, undefined, "show", "HEAD:README.md"), "not managed by the program\n");
        }));

    it("that was never seen stops an up with who, when and what, and nothing is pushed over it", () =>
        withFolder(async (folder) => {
            const stack = await open(folder);
            const { outputs } = await stack.up();
            const clone = await pushByHand(folder, outputs.gitUrl, "a change by hand", {
                "varnish/default.vcl": vcl("theirs"),
            });
            stack.setProgram(program({ line: "ours, newer" }));
            // the preview says so, before an up has changed any other site
            for (const operation of [() => stack.preview(), () => stack.up()])
                await assert.rejects(
                    operation(),
                    /Gita <gita@agency\.example>, .* UTC, commit [0-9a-f]{10} "a change by hand" moved branch Staging from [0-9a-f]{10} to [0-9a-f]{10} and changed varnish\/default\.vcl.*pulumi refresh/s,
                );
            assert.match(
                await mustGit(clone, platform.token, "ls-remote", "origin", "Staging"),
                new RegExp((await mustGit(clone, undefined, "rev-parse", "HEAD")).trim()),
            );
            await stack.refresh();
            await stack.up();
            await mustGit(clone, platform.token, "pull", "--quiet");
            assert.equal(await mustGit(clone, undefined, "show", "HEAD:varnish/default.vcl"), vcl("ours, newer"));
        }));

    it("beside what is managed is built upon", () =>
        withFolder(async (folder) => {
            const stack = await open(folder);
            const { outputs } = await stack.up();
            const clone = await pushByHand(folder, outputs.gitUrl, "robots", { "robots.txt": "User-agent: *\n" });
            stack.setProgram(program({ line: "newer" }));
            assert.match(
                (await stack.preview()).stdout,
                /environment \d+\/\d+\/Staging: Gita .* "robots" moved branch Staging from [0-9a-f]{10} to [0-9a-f]{10}; that stays/,
            );
            await stack.up();
            await mustGit(clone, platform.token, "pull", "--quiet");
            assert.match(
                await mustGit(clone, undefined, "log", "--format=%s"),
                /^Configure Staging: varnish\/default\.vcl \([\w-]+\/[\w-]+\)\nrobots\n/,
            );
        }));

    it("by deletion behind the engine's back is seen by refresh and made again by up", () =>
        withFolder(async (folder) => {
            const stack = await open(folder);
            const { outputs } = await stack.up();
            const [account, application] = (outputs.www as string).split("/");
            await platform.api.must("DELETE", `/account/${account}/application/${application}/environment/Staging`);
            await platform.api.must(
                "DELETE",
                `/account/${account}/application/${application}/environment/Production/domain/shop.acme.example`,
            );
            const seen = await stack.refresh();
            assert.equal(seen.changes.delete, 2);
            assert.match(
                seen.stdout,
                /environment \d+\/\d+\/Staging is gone: deleted by Olga Owner <.*, request \d{12}\.\d{6}/,
            );
            assert.match(
                seen.stdout,
                /domain \d+\/\d+\/Production\/shop\.acme\.example is gone: detached by Olga Owner <.*, request \d{12}\.\d{6}/,
            );
            assert.equal((await stack.up()).changes.create, 2);
            await platform.api.must("DELETE", `/account/${account}/application/${application}`);
            assert.equal((await stack.refresh()).changes.delete, 3);
            assert.equal((await stack.up()).changes.create, 3);
            await platform.api.must(
                "DELETE",
                `/account/${(await platform.api.get("/account"))[0].id}/application/${(await platform.api.get("/account/graph"))[0].applications[0].id}`,
            );
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
        }));

    it("by deletion that was never seen is told: a Staging is made again, a site after a refresh", () =>
        withFolder(async (folder) => {
            const stack = await open(folder);
            const { outputs } = await stack.up();
            const [account, application] = String(outputs.www).split("/");
            const site = `/account/${account}/application/${application}`;
            await platform.api.must("DELETE", `${site}/environment/Staging`);
            stack.setProgram(program({ line: "newer" }));
            const by = "deleted by Olga Owner <olga@agency\\.example>, .* UTC, request \\d{12}\\.\\d{6}";
            assert.match(
                (await stack.preview()).stdout,
                new RegExp(`environment ${outputs.staging} is gone: ${by}; this change makes it again`),
            );
            assert.equal((await stack.up()).changes.update, 1);
            assert.deepEqual((await stack.preview()).changes, { same: 6 });
            const show = ["show", "HEAD:varnish/default.vcl"];
            const clone = await pushByHand(folder, outputs.gitUrl, "a look", { "robots.txt": "User-agent: *\n" });
            assert.equal(await mustGit(clone, undefined, ...show), vcl("newer"));

            await platform.api.must("DELETE", site);
            stack.setProgram(program({ line: "newest" }));
            // the preview says so, before an up has changed any other site
            for (const operation of [() => stack.preview(), () => stack.up()])
                await assert.rejects(
                    operation(),
                    new RegExp(`application ${outputs.www} is gone: ${by}.*pulumi refresh`, "s"),
                );
            assert.equal((await stack.refresh()).changes.delete, 3);
            assert.equal((await stack.up()).changes.create, 3);
            assert.deepEqual((await stack.preview()).changes, { same: 6 });
        }));
});
