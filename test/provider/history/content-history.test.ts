import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { askHistory } from "../../../provider/history/content-history";
import { sayDrift } from "../../../provider/history/say-drift";
import { mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("the history of content", function () {
    this.timeout(60_000);

    for (const extensions of [true, false]) {
        it(`names the commit that changed just that${extensions ? "" : ", in pure v1 too"}`, () =>
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
                const environment = {
                    kind: "environment",
                    id: `${account}/${application}/Production`,
                    known,
                    differences,
                };
                const authors = await askHistory(session, known, differences);
                assert.deepEqual(
                    authors.map((author) => author?.commit?.subject),
                    ["the origin", "the file again", "blocked", undefined, undefined],
                );
                const lines = await sayDrift(session, environment);
                assert.match(
                    lines[0] ?? "",
                    /: origin\.address was changed by Gita <gita@agency\.example>, .* UTC, commit [0-9a-f]{10} "the origin"$/,
                );
                assert.doesNotMatch(lines.slice(0, 3).join(), /192\.0\.2|198\.51/, "values of content may be secret");
                assert.match(lines[4] ?? "", /hostname was changed from .* to nothing by somebody$/);
                const lost = {
                    ...environment,
                    known: { ...known, gitUrl: `${session.platform.url}/account/999999/application/1/x.git` },
                };
                assert.ok(
                    (await sayDrift(session, lost)).every((line) => line.endsWith("by somebody")),
                    "a name that cannot be had stops nobody",
                );
            }));
    }
});
