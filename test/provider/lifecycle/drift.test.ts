import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "../../../provider/client/client";
import { type Drifted, findAuthors, sayDrift } from "../../../provider/lifecycle/drift";
import { mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { openTestSession, type TestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const olga = "by Olga Owner <olga@agency\\.example>, .* UTC, request \\d{12}\\.\\d{6}";

async function assertSays(session: TestSession, drifted: Drifted, expected: string | RegExp): Promise<void> {
    const [line = ""] = await sayDrift(session, drifted);
    assert.match(line, typeof expected === "string" ? new RegExp(`^${expected}$`) : expected);
}

describe("drift is told with who it was", function () {
    this.timeout(60_000);

    it("of people and names", async () => {
        const session = await openTestSession();
        const { api, signUp } = session.platform;
        const { id } = await api.must("POST", "/account", { name: "Acme" });
        const email = `${fresh("jane")}@agency.example`;
        const { user } = await api.must("POST", `/account/${id}/user`, { email, accountCapability: "readonly" });
        const membership = { kind: "membership", id: `${id}/${email}`, known: {} };
        const role = { key: "role", from: "readonly", to: "admin" };
        await assertSays(session, { ...membership, differences: [role] }, `membership .*: role was changed from readonly to admin by somebody`);
        const later = await openTestSession();
        await api.must("POST", `/account/${id}/user/${user.id}`, { accountCapability: "admin" });
        await api.must("PATCH", `/account/${id}`, { account_name: "Acme Ltd" });
        await assertSays(later, { ...membership, differences: [role] }, `membership .*: role was changed from readonly to admin ${olga}`);
        const name = { key: "name", from: "Acme", to: "Acme Ltd" };
        const organization = { kind: "organization", id: String(id), known: {} };
        await assertSays(later, { ...organization, differences: [name] }, `organization ${id}: name was changed from Acme to Acme Ltd ${olga}`);
        await assertSays(later, membership, `membership ${id}/${email} is gone: removed by somebody`);
        await api.must("DELETE", `/account/${id}/user/${user.id}`);
        await assertSays(await openTestSession(), membership, `membership ${id}/${email} is gone: removed ${olga}`);
        // who is no admin cannot read the log, and sees the drift all the same
        const reader = `${fresh("reader")}@agency.example`;
        const { token } = await signUp(reader);
        await api.must("POST", `/account/${id}/user`, { email: reader, accountCapability: "readonly" });
        const limited = { ...session, client: new Client({ endpoint: session.platform.url, token: token as string }) };
        await assertSays(limited, { ...organization, differences: [name] }, "organization .*: name was changed from Acme to Acme Ltd by somebody");
        await assertSays(await openTestSession(), organization, `organization ${id} is gone: removed by somebody`);
    });

    it("of hostnames, environments and applications that are gone", async () => {
        const session = await openTestSession();
        const { api } = session.platform;
        const hostname = `${fresh("gone")}.acme.example`;
        const { account, application } = await api.makeSite("Acme", hostname);
        const root = `/account/${account}/application/${application}`;
        const id = `${account}/${application}`;
        await api.must("POST", `${root}/environment/create`, { name: "Staging", source_environment_name: "Production", domain_name: `s.${hostname}` });
        for (const name of ["a", "b", "c"]) await api.must("POST", `${root}/environment/Production/domain/${name}.${hostname}`);
        await api.must("DELETE", `${root}/environment/Production/domain/a.${hostname}`);
        await api.must("POST", `${root}/environment/Production/domain/b.${hostname}/move`, { environment_name: "Staging" });
        const domain = (environment: string, name: string) => ({ kind: "domain", id: `${id}/${environment}/${name}.${hostname}`, known: {} });
        await assertSays(session, domain("Production", "a"), `domain .* is gone: detached ${olga}`);
        await assertSays(session, domain("Production", "b"), `domain .* is gone: moved to Staging ${olga}`);
        await assertSays(session, domain("Production", "c"), "domain .* is gone: removed by somebody");
        const released = { key: "hostname", from: `a.${hostname}`, to: undefined };
        const production = { kind: "environment", id: `${id}/Production`, known: { hostname: `a.${hostname}` }, differences: [released] };
        await assertSays(session, production, `environment .*: hostname was changed from a\\..* to nothing ${olga}`);
        await api.must("DELETE", `${root}/environment/Staging`);
        const afterwards = await openTestSession();
        await assertSays(afterwards, { kind: "environment", id: `${id}/Staging`, known: {} }, `environment .* is gone: deleted ${olga}`);
        await assertSays(afterwards, domain("Staging", "b"), `domain .* is gone: deleted with its environment ${olga}`);
        await api.must("DELETE", root);
        const last = await openTestSession();
        await assertSays(last, { kind: "application", id, known: {} }, `application ${id} is gone: deleted ${olga}`);
        await assertSays(last, { kind: "environment", id: `${id}/Production`, known: {} }, `environment .* is gone: deleted with its application ${olga}`);
        await assertSays(last, domain("Production", "c"), `domain .* is gone: deleted with its application ${olga}`);
        await assertSays(last, { kind: "novelty", id, known: {} }, `novelty ${id} is gone: removed by somebody`);
    });

    for (const extensions of [true, false]) {
        it(`of content by git${extensions ? "" : ", which pure v1 has too; the rest somebody did"}, each by the commit that changed just that`, () =>
            withFolder(async (folder) => {
                const session = await openTestSession({ extensions });
                const { api, token } = session.platform;
                const hostname = `${fresh("content")}.acme.example`;
                const made = await api.must("POST", "/account/create", { name: "Acme", hostname, origin: "192.0.2.1" });
                const [account, application] = [made.id, made.applications[0].id];
                const gitUrl = `${session.platform.url}/account/${account}/application/${application}/x.git`;
                const clone = path.join(folder, "clone");
                await mustGit(folder, token, "clone", "--quiet", gitUrl, clone);
                const head = (await mustGit(clone, undefined, "rev-parse", "HEAD")).trim();
                const file = path.join(clone, "section.config.json");
                const commit = async (message: string, change: () => Promise<void>) => {
                    await change();
                    await mustGit(clone, token, "add", "--all");
                    await mustGit(clone, token, "commit", "--quiet", "--message", message);
                };
                const edit = (change: (environments: Record<string, Record<string, unknown>>) => void) => async () => {
                    const config = JSON.parse(await readFile(file, "utf8"));
                    change(config.environments);
                    await writeFile(file, JSON.stringify(config, undefined, 4));
                };
                const write = (text: string) => () => writeFile(path.join(clone, "varnish", "extra.vcl"), text);
                await commit(
                    "the origin",
                    edit((all) => Object.assign(all.Production ?? {}, { origin: { address: "192.0.2.9" } })),
                );
                await commit("a file", write("# 1\n"));
                await commit("the file again", write("# 2\n"));
                await commit(
                    "blocked",
                    edit((all) => Object.assign(all.Production ?? {}, { ip_blacklist: ["198.51.100.0/24"] })),
                );
                await commit(
                    "another environment's",
                    edit((all) => Object.assign(all, { Development: { origin: { address: "192.0.2.77" } } })),
                );
                await mustGit(clone, token, "push", "--quiet");

                const known = { name: "Production", gitUrl, head, hostname };
                const differences = [
                    { key: "origin", from: { address: "192.0.2.1" }, to: { address: "192.0.2.9" } },
                    { key: "config", file: "varnish/extra.vcl", from: "0", to: "2" },
                    { key: "ipBlacklist", from: [], to: ["198.51.100.0/24"] },
                    { key: "proxyChain", from: [], to: [] },
                    { key: "hostname", from: hostname, to: undefined },
                ];
                const environment = { kind: "environment", id: `${account}/${application}/Production`, known, differences };
                const authors = await findAuthors(session, environment);
                assert.deepEqual(
                    authors.map((author) => author?.commit?.subject),
                    ["the origin", "the file again", "blocked", undefined, undefined],
                );
                const lines = await sayDrift(session, environment);
                assert.match(lines[0] ?? "", /: origin\.address was changed by Gita <gita@agency\.example>, .* UTC, commit [0-9a-f]{10} "the origin"$/);
                assert.doesNotMatch(lines.slice(0, 3).join(), /192\.0\.2|198\.51/, "values of content may be secret");
                assert.match(lines[4] ?? "", /hostname was changed from .* to nothing by somebody$/);
                const lost = { ...environment, known: { ...known, gitUrl: `${session.platform.url}/account/999999/application/1/x.git` } };
                assert.ok(
                    (await sayDrift(session, lost)).every((line) => line.endsWith("by somebody")),
                    "a name that cannot be had stops nobody",
                );
            }));
    }
});
