import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { requireEngine, requirePackages } from "../../../cli/adopt/adoption";
import { withProgress } from "../../../cli/terminal/progress";
import { withEngine } from "../../support/engine-script";
import { withFolder } from "../../support/platform";
import { providerPlatform } from "../../support/provider";
import { pulumiSection } from "../../support/provider-command";
import { fresh } from "../../support/stores";

describe("pulumi-section export and adopt", function () {
    this.timeout(60_000);

    it("write the chosen organizations, and say what cannot be done", () =>
        withFolder(async (folder) => {
            const { url, token, api } = await providerPlatform();
            const environment = { SECTION_ENDPOINT: url, SECTION_TOKEN: token };
            const { account } = await api.makeSite(fresh("Export "), `${fresh("export")}.acme.example`);
            const out = path.join(folder, "out");
            const { code, stdout } = await pulumiSection(["export", out, "--organization", String(account), "--json"], {
                environment,
            });
            assert.equal(code, 0);
            assert.deepEqual(JSON.parse(stdout).counts, {
                organizations: 1,
                members: 1,
                sites: 1,
                environments: 1,
                domains: 1,
                resources: 3,
            });
            assert.doesNotMatch(await readFile(path.join(out, "import.json"), "utf8"), new RegExp(token));

            const fails = async (args: string[], message: RegExp, environment_ = environment) => {
                const { code, stderr } = await pulumiSection(args, { environment: environment_ });
                assert.equal(code, 1);
                assert.match(stderr, message);
            };
            await fails(["export", out], /is not empty: it has .*Name a new folder/);
            await fails(["export", `${out}2`, "--language", "yaml"], /cannot be written in yaml\. Use typescript/);
            await fails(["export", `${out}2`, "--organization", "2147483647"], /there is no organization 2147483647/);
            await fails(["export", `${out}2`, "--organization", "acme"], /numeric id/);
            assert.match(
                (await pulumiSection(["adopt", "--help"], { environment })).stdout,
                /Examples:\n {2}\$ pulumi-section adopt estate/,
            );
            await withEngine("echo v3.259.0", () =>
                fails(["adopt", out], /@pulumi\/pulumi is not installed for .*Run npm install in that folder/),
            );
            await withEngine("echo v3.200.0", () =>
                fails(
                    ["adopt", out],
                    /pulumi v3\.200\.0 cannot import resources with their outputs\. Install pulumi 3\.254/,
                ),
            );
            await writeFile(
                path.join(out, "import.json"),
                JSON.stringify({ resources: [], export: { endpoint: "https://other.example" } }),
            );
            await withEngine("echo v3.259.0", () =>
                fails(["adopt", out], /was exported from https:\/\/other\.example, but the settings lead to/),
            );
        }));

    it("look for engine and packages before they begin", () =>
        withFolder(async (folder) => {
            await withEngine("echo v3.254.0", () => requireEngine());
            await withEngine("echo v4.0.0", () => requireEngine());
            await withEngine("echo v3.253.9", () => assert.rejects(requireEngine(), /Install pulumi 3\.254 or newer/));
            requirePackages(".");
            await mkdir(path.join(folder, "node_modules"));
            assert.throws(() => requirePackages(folder), /is not installed for/);
        }));

    it("give what the work gives, and its failure", async () => {
        assert.equal(await withProgress("counting", async () => 7), 7);
        await assert.rejects(
            withProgress("failing", () => Promise.reject(new Error("no"))),
            /no/,
        );
    });
});
