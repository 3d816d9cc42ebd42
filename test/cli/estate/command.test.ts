import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { StateResource } from "../../../cli/engine/state";
import { formatOf } from "../../../cli/estate/command";
import { compareIfThere, isInProgram, lineOf } from "../../../cli/estate/compare-stack";
import { itBothWays, stateNow } from "../../support/both-ways";
import { withEngine } from "../../support/engine-script";
import { withFolder } from "../../support/platform";
import { providerPlatform } from "../../support/provider";
import { pulumiSection } from "../../support/provider-command";
import { fresh } from "../../support/stores";

describe("pulumi-section estate", function () {
    this.timeout(180_000);

    it("writes what is asked for, else what the file is called, else words", () => {
        assert.deepEqual(
            [
                {},
                { json: true },
                { format: "csv" },
                { out: "a.CSV" },
                { out: "a.htm" },
                { out: "a.txt" },
                { out: "a.html", format: "json" },
            ].map(formatOf),
            ["text", "json", "csv", "csv", "html", "text", "json"],
        );
        for (const out of ["estate", "a.xlsx", "a.text"])
            assert.throws(() => formatOf({ out }), /does not say the format. End its name in \.html/);
    });

    it("replaces a file as a whole, outside of a program, and says what it cannot do", () =>
        withFolder(async (folder) => {
            const { url, token, api } = await providerPlatform();
            const { account } = await api.makeSite("Estate", `${fresh("estate")}.acme.example`);
            const environment = { SECTION_ENDPOINT: url, SECTION_TOKEN: token };
            const run = (...args: string[]) =>
                pulumiSection(["estate", "--organization", String(account), ...args], { cwd: folder, environment });
            await writeFile(path.join(folder, "estate.json"), "before");
            const { code, stdout, stderr } = await run("--out", "estate.json");
            assert.equal(code, 0, stderr);
            assert.match(
                stdout,
                /\n {2}sites +1\n.*not known \(1\)\n {2}drift {2}of everything {2}this is not the folder of a Pulumi program/s,
            );
            const report = JSON.parse(await readFile(path.join(folder, "estate.json"), "utf8"));
            assert.equal(report.clients[0].sites[0].drift.state, "not asked");
            assert.deepEqual(await readdir(folder), ["estate.json"], "nothing is left beside it");
            const lost = await run("--out", "none/estate.html");
            assert.deepEqual([lost.code, lost.stdout], [1, ""]);
            assert.match(
                lost.stderr,
                /none\/estate\.html cannot be written \(ENOENT\)\. Name a file in a folder that exists/,
            );
            assert.equal((await run("--json", "--format", "csv")).code, 1);
            assert.match((await run("--help")).stdout, /Examples:\n {2}\$ pulumi-section estate\n/);
        }));

    itBothWays("compares with a stack where there is one, and only has to where one was named", () =>
        withFolder(async (folder) => {
            await mkdir(path.join(folder, "below"));
            assert.equal(isInProgram(path.join(folder, "below")), false);
            await writeFile(path.join(folder, "Pulumi.yaml"), "name: program\nruntime: nodejs\n");
            assert.equal(isInProgram(path.join(folder, "below")), true);
            const before = process.cwd();
            process.chdir(folder);
            try {
                await withEngine("echo 'error: no stack selected' >&2; exit 255", async () => {
                    assert.match(
                        String(await compareIfThere({}, "https://a.example")),
                        /the state of the stack cannot be read: no stack selected/,
                    );
                    await assert.rejects(compareIfThere({ stack: "prod" }, "https://a.example"), /no stack selected/);
                });
                const recorded = (kind: string, id: string, provider: string) => ({
                    urn: `urn:pulumi:prod::program::pulumi-nodejs:dynamic/section:${kind}::${id}`,
                    type: `pulumi-nodejs:dynamic/section:${kind}`,
                    custom: true,
                    id,
                    provider,
                    inputs: {},
                    outputs: {},
                });
                const urn = "urn:pulumi:prod::program::pulumi:providers:pulumi-nodejs::other";
                const provider = {
                    urn,
                    id: "7",
                    type: "pulumi:providers:pulumi-nodejs",
                    inputs: {
                        "section-provider:endpoint": "https://b.example/",
                        "section-provider:token": "section_x",
                    },
                };
                const resources = [provider, recorded("Novelty", "1/2", `${urn}::7`), recorded("Novelty", "1/3", "")];
                await writeFile("state.json", JSON.stringify(stateNow({ deployment: { resources } })));
                const environment = { ...process.env };
                Object.assign(process.env, { SECTION_ENDPOINT: "https://a.example", SECTION_TOKEN: "section_x" });
                try {
                    await withEngine(`cat ${folder}/state.json`, async () => {
                        const of = async (endpoint: string) => {
                            const compared = await compareIfThere({}, endpoint);
                            return typeof compared === "string"
                                ? assert.fail(compared)
                                : [[...compared.declared], [...compared.failed]];
                        };
                        assert.deepEqual(await of("https://a.example"), [["1/3"], ["1/3"]]);
                        assert.deepEqual(
                            await of("https://b.example"),
                            [
                                ["1/2", "1/3"],
                                ["1/2", "1/3"],
                            ],
                            "an id without a provider of its own is wherever the settings lead",
                        );
                    });
                } finally {
                    process.env = environment;
                }
            } finally {
                process.chdir(before);
            }
        }),
    );

    it("names what differs, and no value", () => {
        const resource = { kind: "environment", id: "1/2/Staging", secrets: [] } as unknown as StateResource;
        const author = { who: "Gita", at: "2026-11-25T03:51:54.000Z" };
        const differences = [
            { key: "origin", from: { address: "hush.example" }, to: { address: "other.example" }, author },
        ];
        assert.equal(
            lineOf({ resource, differences }),
            "environment 1/2/Staging: origin.address by Gita, 2026-11-25 03:51:54 UTC",
        );
        assert.equal(
            lineOf({ resource, author: { ...author, deed: "deleted" } }),
            "environment 1/2/Staging is gone: deleted by Gita, 2026-11-25 03:51:54 UTC",
        );
        assert.equal(lineOf({ resource }), "environment 1/2/Staging is gone: removed by somebody");
    });
});
