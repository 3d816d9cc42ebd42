import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { builtFromGo, isInstalled } from "../../support/outside-program";
import { withFolder } from "../../support/platform";
import { fresh, onEveryPlatform } from "../../support/stores";

const run = promisify(execFile);
const password = "correct horse battery staple";

onEveryPlatform("programs that are not ours", (platform) => {
    /** A person with an organization, and the name of a site to be. */
    async function person() {
        const email = `${fresh("stranger")}@agency.example`;
        const api = await platform().signUp(email, "write", password);
        const { id: account } = await api.must("POST", "/account", { name: "Strange" });
        return { email, account, token: api.token as string, hostname: `www.${fresh("strange")}.example` };
    }

    it("Go with its standard library signs in by password, makes a site, reads it, and understands what it does wrong", async function () {
        this.timeout(900_000);
        const built = await builtFromGo("test/support/go-rest");
        if ("missing" in built) {
            console.log(`      Go is not tried: ${built.missing}`);
            return this.skip();
        }
        const { email, account, hostname } = await person();
        const { stdout } = await run(built.program, [`${platform().url}/api/v1`, email, hostname], {
            env: { ...process.env, PASSWORD: password },
        });
        const {
            accounts,
            application,
            applications,
            staging,
            with_domain: withDomain,
            read,
            engaged,
            failures,
        } = JSON.parse(stdout);
        assert.deepEqual(
            accounts.map((each: { id: number; is_admin: boolean; owner: { email: string } }) => [
                each.id,
                each.is_admin,
                each.owner.email,
            ]),
            [[account, true, email]],
        );
        assert.deepEqual([application.application_name, application.path_prefixes], [hostname, ["/"]]);
        assert.equal(application.href, `/api/v1/account/${account}/application/${application.id}`);
        assert.deepEqual(
            applications.map(({ id }: { id: number }) => id),
            [application.id],
        );
        assert.equal(staging.environment_name, "Staging");
        assert.deepEqual(
            read.domains.map(({ name, cname }: { name: string; cname: string }) => [name, cname]),
            [`staging.${hostname}`, `shop.${hostname}`].map((name) => [name, `${name}.c.section.io`]),
        );
        assert.deepEqual(read, withDomain);
        assert.deepEqual(engaged, { is_engaged: false, hostnames: { [`shop.${hostname}`]: false } });
        assert.deepEqual(
            failures.map(({ status }: { status: number }) => status),
            [403, 400, 404, 405, 401],
        );
        for (const { message, transaction } of failures)
            assert.ok(message.length > 10 && /^\d{12}\.\d{6}$/.test(transaction));
    });

    it("a shell with curl and git clones, changes, pushes, and is told why a push is refused", async function () {
        this.timeout(120_000);
        if (!(await isInstalled("curl", "--version"))) {
            console.log("      the shell is not tried: curl is not installed");
            return this.skip();
        }
        const { token, hostname } = await person();
        await withFolder(async (folder) => {
            const script = path.resolve("test/support/shell-rest/main.sh");
            const { stdout } = await run("sh", [script, platform().url, hostname, folder], {
                env: { ...process.env, TOKEN: token },
            });
            const said = new Map(
                stdout
                    .trim()
                    .split("\n")
                    .map((line) => [line.split(" ")[0], line.replace(/^\w+ /, "")]),
            );
            assert.match(said.get("pushed") ?? "", /^[0-9a-f]{40}$/);
            assert.equal(said.get("head"), said.get("pushed"));
            assert.equal(said.get("refused"), "1");
            assert.equal(said.get("missing"), "404 application/json; charset=utf-8");
            assert.match(said.get("message") ?? "", /^there is no account 999999/);
            assert.equal(said.get("deleted"), "204");
        });
    });
});
