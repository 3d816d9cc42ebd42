import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { copyEstate } from "../../../cli/rehearse/estate-copy";
import { mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const mail = (name: string) => `${fresh(name)}@agency.example`;

describe("a copy of what is live", function () {
    this.timeout(120_000);

    for (const extensions of [true, false]) {
        it(`has ids, people, hostnames and every commit, ${extensions ? "by one request and a clone for each site" : "of pure v1 too"}`, () =>
            withFolder(async (folder) => {
                const session = await openTestSession({ extensions });
                const { platform, settings } = session;
                const hostname = `${fresh("www")}.acme.example`;
                const first = { name: "Acme", hostname, origin: "origin.example.net" };
                const { id: account } = await platform.api.must("POST", "/account/create", first);
                const [{ id: application }] = await platform.api.get(`/account/${account}/application`);
                const gitUrl = `${platform.url}/account/${account}/application/${application}/${hostname}.git`;
                const root = `/account/${account}/application/${application}/environment`;
                const claim = { id: "0123456789abcdef", project: "agency", stack: "prod", resource: "acme-staging" };
                await platform.api.must("POST", `${root}/create`, {
                    ...(extensions && { claim }),
                    name: "Staging",
                    source_environment_name: "Production",
                    domain_name: `s.${hostname}`,
                });
                const jane = mail("jane");
                await platform.api.must("POST", `/account/${account}/user`, {
                    email: jane,
                    accountCapability: "readonly",
                });
                const id = String(account);
                const { file, counts, leftOut, caller } = await copyEstate(session, {
                    folder,
                    needed: new Set([id]),
                    only: new Set(),
                });
                assert.deepEqual(
                    [counts, leftOut],
                    [{ organizations: 1, people: 2, sites: 1, environments: 2, domains: 2 }, []],
                );
                assert.equal(caller.email, "olga@agency.example");
                const { format, people, accounts } = JSON.parse(await readFile(file, "utf8"));
                assert.equal(format, 1);
                assert.deepEqual(
                    people.map(({ email }: { email: string }) => email).sort(),
                    [jane, caller.email].sort(),
                );
                const [{ owner, name, applications }] = accounts;
                const held = applications[0].environments[1].claim;
                if (extensions) {
                    assert.match(held.claimed_at, /^\d{4}-.*Z$/);
                    assert.deepEqual(held, { ...claim, claimed_at: held.claimed_at });
                }
                assert.deepEqual([owner, name, accounts[0].id], ["olga@agency.example", "Acme", account]);
                assert.deepEqual(applications, [
                    {
                        id: application,
                        hostname,
                        bundle: `${application}.bundle`,
                        environments: [
                            { name: "Production", domains: [{ hostname, isEngaged: false }] },
                            {
                                name: "Staging",
                                ...(held && { claim: held }),
                                domains: [{ hostname: `s.${hostname}`, isEngaged: false }],
                            },
                        ],
                    },
                ]);
                const clone = path.join(folder, "clone");
                await mustGit(
                    folder,
                    undefined,
                    "clone",
                    "--quiet",
                    "--branch",
                    "Staging",
                    path.join(folder, `${application}.bundle`),
                    clone,
                );
                const here = await mustGit(clone, undefined, "rev-parse", "origin/Staging", "origin/Production");
                const there = await mustGit(folder, settings.token, "ls-remote", gitUrl, "refs/heads/*");
                const commits = new Map(
                    there.split("\n").map((line) => line.split("\t").reverse() as [string, string]),
                );
                assert.equal(here, `${commits.get("refs/heads/Staging")}\n${commits.get("refs/heads/Production")}\n`);
            }));
    }

    it("is refused when an organization of the stack cannot be read, and leaves out others", () =>
        withFolder(async (folder) => {
            const { platform, ...session } = await openTestSession();
            const { account } = await platform.api.makeSite("Acme", `${fresh("www")}.acme.example`);
            const email = mail("guest");
            const guest = await platform.signUp(email);
            await platform.api.must("POST", `/account/${account}/user`, { email, accountCapability: "readonly" });
            const other = await openTestSession({ token: guest.token });
            const only = new Set([String(account)]);
            const { counts, leftOut } = await copyEstate(other, { folder, needed: new Set(), only });
            assert.deepEqual(
                [counts.organizations, counts.people, leftOut.map(({ because }) => because)],
                [0, 1, ["the token's user is no admin of it"]],
            );
            await assert.rejects(copyEstate(other, { folder, needed: only }), { code: "forbidden" });
            await assert.rejects(
                copyEstate(session, { folder, needed: new Set(["999999"]) }),
                /organization 999999, which the token's user cannot see/,
            );
            const aborted = AbortSignal.abort(new Error("enough"));
            await assert.rejects(copyEstate(session, { folder, needed: only, only, signal: aborted }), /enough/);
        }));
});
