import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import * as section from "pulumi-section";
import { openStack } from "../harness/stack";
import { startDns } from "../support/dns";
import { mustGit } from "../support/git";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";

const vcl = (line: string) =>
    `vcl 4.0;\n\nbackend default {\n    .host = "next-hop";\n    .port = "80";\n}\n\n# ${line}\n`;

interface Declared {
    line?: string;
    name?: string;
    role?: section.Role;
    /** Staging with its own domain. */
    staging?: boolean;
    shop?: "production" | "second";
    second?: boolean;
}

/** A client, its sites and people, as any v1 endpoint can have them. */
const program =
    ({
        line = "ours",
        name = "Acme",
        role = "readonly",
        staging = true,
        shop = "production",
        second = true,
    }: Declared = {}) =>
    async () => {
        const acme = new section.Organization("acme", {
            name,
            firstSite: { hostname: "www.acme.example", origin: "origin.example.net" },
        });
        const jane = new section.Membership("jane", { organization: acme.id, email: "jane@agency.example", role });
        const www = new section.Application("www", {
            organization: acme.id,
            hostname: "www.acme.example",
            origin: "192.0.2.1",
        });
        if (second) {
            const blog = new section.Application("blog", {
                organization: acme.id,
                hostname: "blog.acme.example",
                origin: "192.0.2.1",
            });
            new section.Domain("shop", {
                environment: shop === "second" ? blog.production : www.production,
                hostname: "shop.acme.example",
            });
        }
        const config = { "varnish/default.vcl": vcl(line) };
        if (staging) {
            new section.Environment("staging", {
                application: www.id,
                name: "Staging",
                hostname: "staging.acme.example",
                origin: { address: "192.0.2.2", enableSni: true },
                ipBlacklist: ["198.51.100.0/24"],
                config,
            });
        }
        new section.Environment("production", { application: www.id, name: "Production", config });
        return { acme: acme.id, www: www.id, gitUrl: www.gitUrl, jane: jane.status };
    };

describe("an endpoint that speaks v1 and nothing else", () => {
    const aliases = new Map<string, string>();
    let dns: Awaited<ReturnType<typeof startDns>>;
    let platform: RunningPlatform;
    before(async () => {
        dns = await startDns(aliases);
        platform = await startPlatform({ extensions: false, dnsServers: [dns.address] });
    });
    after(async () => {
        await platform.close();
        dns.close();
    });
    const settings = () => ({ SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token });

    it("has the whole life of a client: made, changed, drifted, repaired, protected, removed as far as v1 can", () =>
        withFolder(async (folder) => {
            const stack = await openStack({ folder, program: program(), environment: settings() });
            const { changes, outputs } = await stack.up();
            assert.equal(changes.create, 8);
            assert.equal((await platform.api.call("GET", "/capabilities")).status, 404);
            const [account, application] = (outputs.www as string).split("/");

            assert.equal((await stack.up({ program: program({ line: "newer", role: "admin" }) })).changes.update, 3);

            const [jane] = (await platform.api.get(`/account/${account}/user`)).filter(
                ({ email }: { email: string }) => email === "jane@agency.example",
            );
            await platform.api.must("POST", `/account/${account}/user/${jane.id}`, { accountCapability: "state" });
            const clone = path.join(folder, "clone");
            await mustGit(
                folder,
                platform.token,
                "clone",
                "--quiet",
                "--branch",
                "Staging",
                outputs.gitUrl as string,
                clone,
            );
            await writeFile(path.join(clone, "varnish/default.vcl"), vcl("theirs"));
            await mustGit(clone, platform.token, "commit", "--quiet", "--all", "--message", "a change by hand");
            await mustGit(clone, platform.token, "push", "--quiet");
            stack.setProgram(program({ line: "newest", role: "admin" }));
            await assert.rejects(
                stack.up(),
                /Gita <gita@agency\.example>, .* UTC, commit [0-9a-f]{10} "a change by hand" moved branch Staging .* and changed varnish\/default\.vcl/s,
            );
            assert.equal((await stack.refresh()).changes.update, 2, "the role and the file");
            assert.match((await stack.preview({ diff: true })).stdout, /- # theirs\s+\+ # newest/);
            await stack.up();

            // the DNS of now decides whether a hostname is live
            aliases.set("shop.acme.example", "shop.acme.example.c.section.io");
            stack.setProgram(program({ line: "newest", role: "admin", second: false }));
            await assert.rejects(stack.up(), /shop\.acme\.example serves visitors.*section:allowLiveDelete/s);
            aliases.clear();
            const moved = await stack.up({ program: program({ line: "newest", role: "admin", shop: "second" }) });
            assert.equal(moved.changes.replace, 1);

            stack.setProgram(program({ line: "newest", role: "admin", shop: "second", name: "Acme & Sons" }));
            await assert.rejects(stack.up(), /cannot rename an organization.*Keep the old name/s);

            const less = await stack.up({
                program: program({ line: "newest", role: "admin", second: false, staging: false }),
            });
            assert.equal(less.changes.delete, 3);
            assert.match(
                less.stdout,
                new RegExp(
                    `environment ${account}/${application}/Staging is kept: ${platform.url} cannot delete environments`,
                ),
            );
            assert.equal(
                (await platform.api.get(`/account/${account}/application`)).length,
                1,
                "a site can be deleted",
            );

            const { stdout } = await stack.destroy();
            assert.match(stdout, /organization Acme \(\d+\) is kept: .* cannot delete organizations/);
            assert.deepEqual(await platform.api.get(`/account/${account}/application`), [], "its sites are gone");
            // the kept organization is adopted
            const again = await stack.up({ program: program({ line: "newest" }) });
            assert.equal(again.outputs.acme, account);
        }));
});
