import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { chooseSite } from "../../../cli/history/choose-site";
import { readHistory } from "../../../cli/history/read-history";
import { findEstate } from "../../../provider/lookup/find";
import { environmentNoun } from "../../../provider/nouns/environment/environment";
import { identityOf, noteClaimant } from "../../../provider/run/claimant";
import { withFolder } from "../../support/platform";
import { openTestSession, ways } from "../../support/provider";
import { pulumiSection } from "../../support/provider-command";
import { pushFiles } from "../../support/push";
import { fresh } from "../../support/stores";

/** A site whose Staging a program and a person changed, and whose Production has the content of Staging's program. */
async function makeHistory(session: Awaited<ReturnType<typeof openTestSession>>) {
    const hostname = `${fresh("hist")}.acme.example`;
    const { account, application, gitUrl } = await session.platform.api.makeSite(fresh("History "), hostname);
    const site = `${account}/${application}`;
    const declared = { application: site, name: "Staging", hostname: `s.${hostname}`, config: { "a.txt": "a\n" } };
    const claimant = { project: "agency", stack: "prod", resource: "staging", isPreview: false };
    noteClaimant(session.memory, identityOf("environment", [site, "Staging"]), claimant);
    const staging = await environmentNoun.ensure(session, declared);
    const promote = staging.outputs.head as string;
    const production = await environmentNoun.ensure(session, { application: site, name: "Production", promote });
    const more = { branch: "Staging", message: "robots", files: { "robots.txt": "User-agent: *\n" } };
    await pushFiles(session.settings.token, gitUrl, more);
    return { hostname, site, promote, live: production.outputs.head as string };
}

for (const way of ways)
    describe(`the history of a site, by ${way}`, function () {
        this.timeout(120_000);

        it("says of each commit who, when, what, for which program, and where its content is now; in pages", async () => {
            const { hostname, site, promote, live } = await makeHistory(await openTestSession({ way }));
            const session = await openTestSession({ way });
            const estate = await findEstate(session.client);
            const read = (names: string[] | undefined, limit: number, before?: string) =>
                readHistory(session, chooseSite(estate, hostname, names), { limit, before });
            const { environments, site: found } = await read(undefined, 20);
            assert.deepEqual(found, { id: site, hostname });
            const of = (name: string) => environments.find((each) => each.name === name);
            const [robots, configured, ...older] = of("Staging")?.commits ?? [];
            assert.deepEqual(
                [robots?.what, robots?.who, robots?.stack, robots?.servedBy],
                ["robots", { name: "Gita", email: "gita@agency.example" }, undefined, ["Staging"]],
            );
            assert.match(configured?.what ?? "", /^Configure Staging: .*a\.txt.* \(agency\/prod\)$/);
            assert.deepEqual(
                [configured?.commit, configured?.stack, configured?.resource, configured?.servedBy, configured?.line],
                [promote, "agency/prod", "staging", ["Production"], `promote: "${promote.slice(0, 10)}"`],
            );
            assert.equal(older.length, 2, "what the branch was made from");
            assert.match(robots?.at ?? "", /^20\d\d-\d\d-\d\dT[\d:.]+Z$/);
            const [head] = of("Production")?.commits ?? [];
            assert.deepEqual([head?.commit, head?.promoted, head?.servedBy], [live, promote, ["Production"]]);
            assert.ok(environments.every(({ hasMore }) => !hasMore));

            const [first] = (await read(["Staging"], 1)).environments;
            assert.deepEqual([first?.commits.map(({ what }) => what), first?.hasMore], [["robots"], true]);
            const next = await read(["Staging"], 1, robots?.commit.slice(0, 7).toUpperCase());
            assert.deepEqual(
                [next.environments[0]?.commits.map(({ commit }) => commit), next.environments[0]?.hasMore],
                [[promote], true],
            );
            assert.deepEqual(next.environments[0]?.commits[0]?.servedBy, ["Production"]);
            const end = await read(["Staging"], 5, promote);
            assert.deepEqual([end.environments[0]?.commits.length, end.environments[0]?.hasMore], [2, false]);
            await assert.rejects(
                read(["Staging", "Production"], 5, "0123456"),
                /no commit of Staging or Production has an id that begins with 0123456\. Name a commit that/,
            );
            assert.deepEqual(
                (await read(undefined, 5, robots?.commit)).environments.map(({ name }) => name),
                ["Staging"],
                "only the environment that has the commit",
            );
        });
    });

describe("what an environment has now", function () {
    this.timeout(120_000);

    for (const way of ways)
        it(`is the promoted commit also after a later commit of blocks alone, and no more after one of files, by ${way}`, async () => {
            const session = await openTestSession({ way });
            const { hostname, site, promote, live } = await makeHistory(session);
            const estate = await findEstate(session.client);
            const where = async (commit: string) => {
                const { environments } = await readHistory(session, chooseSite(estate, hostname), { limit: 20 });
                const commits = environments.flatMap((each) => each.commits);
                return commits.find((each) => each.commit === commit)?.servedBy;
            };
            const [account, application] = site.split("/");
            const restrictions = `/account/${account}/application/${application}/environment/Production/ipRestrictions`;
            await session.platform.api.must("POST", restrictions, { ip_blacklist: ["192.0.2.1"] });
            assert.deepEqual([await where(promote), await where(live)], [["Production"], ["Production"]]);
            const gitUrl = estate.organizations
                .flatMap(({ applications }) => applications)
                .find(({ id }) => id === site)?.environments[0]?.gitUrl;
            const hotfix = { branch: "Production", message: "hotfix", files: { "robots.txt": "Allow: /\n" } };
            await pushFiles(session.settings.token, gitUrl as string, hotfix);
            assert.deepEqual([await where(promote), await where(live)], [[], []]);
        });
});

describe("pulumi-section history", function () {
    this.timeout(120_000);

    it("prints it, writes it into a file, and refuses in words", () =>
        withFolder(async (folder) => {
            const session = await openTestSession();
            const { hostname, site, promote } = await makeHistory(session);
            const { endpoint, token } = session.settings;
            const environment = { SECTION_ENDPOINT: endpoint, SECTION_TOKEN: token };
            const run = (...args: string[]) => pulumiSection(["history", ...args], { environment });
            const text = await run(hostname);
            assert.deepEqual([text.code, text.stderr], [0, ""]);
            assert.match(
                text.stdout,
                new RegExp(`^promote: "${promote.slice(0, 10)}" .* Production +Configure Staging`, "m"),
            );
            const { environments } = JSON.parse((await run(`${site}/Staging`, "--json")).stdout);
            assert.deepEqual(
                [environments.length, environments[0].name, environments[0].commits[1].commit],
                [1, "Staging", promote],
            );
            const file = path.join(folder, "history.csv");
            const written = await run(site, "--format", "csv", "--limit", "1", "--out", file);
            assert.deepEqual([written.code, written.stdout], [0, ""]);
            assert.equal((await readFile(file, "utf8")).trim().split("\r\n").length, 3, "a head, a line for each");
            for (const [args, message] of [
                [[`${hostname}x`], /there is no organization or site .*Check the name; the nearest ones are /],
                [[site, "--environment", "Stagin"], /has no environment Stagin\. Did you mean Staging\?/],
                [[site, "--limit", "0"], /--limit is 0\. Give it a whole number from 1 to 10,000/],
                [[site, "--before", "abc"], /--before is abc\. Give it the id of a commit, or the first 7 digits/],
                [[site, "--before", "0123456"], /no commit of .* has an id that begins with 0123456/],
                [[], /missing required argument 'site'/],
            ] as [string[], RegExp][]) {
                const { code, stdout, stderr } = await run(...args);
                assert.deepEqual([code, stdout], [1, ""], args.join(" "));
                assert.match(stderr, message);
                assert.ok(!stderr.includes(token));
            }
        }));
});
