import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { makeProgram } from "../../../platform/main";
import { commandsOf, readExamples } from "../../support/command-tree";
import { sectionPlatform, withFolder } from "../../support/platform";
import { seedDatabase } from "../../support/seed";
import { hasShell, typeIntoShell } from "../../support/shells";

/** Where JSON has no sense: docs/command.md says so. */
const withoutJson = ["serve", "completion"];

const run = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
        execFile(
            process.execPath,
            [sectionPlatform, ...args],
            { env: { PATH: process.env.PATH, ...env } },
            (error, stdout, stderr) =>
                resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
        );
    });

describe("the commands of section-platform", function () {
    this.timeout(240_000);
    const commands = commandsOf(makeProgram());

    it("each end their help with examples, and know --json", () => {
        assert.ok(commands.length >= 20, `${commands.length} commands`);
        for (const { path, command, help } of commands) {
            assert.match(help, /\nExamples:\n( {2}\$ .+\n)+$/, `section-platform ${path} --help ends without examples`);
            const hasJson = command.options.some(({ long }) => long === "--json");
            assert.equal(
                hasJson,
                !withoutJson.includes(path) && command.commands.length === 0,
                `section-platform ${path}: --json`,
            );
        }
    });

    it("describe every option and every argument, and say what they cannot do without", () => {
        assert.ok(commands.length >= 20, `${commands.length} commands`);
        for (const { path, command, help } of commands) {
            for (const { flags, description, mandatory } of command.options) {
                assert.ok(description.length > 5, `section-platform ${path} ${flags} is not described`);
                if (!mandatory) continue;
                assert.match(description, /\(required\)$/, `section-platform ${path} ${flags}`);
                assert.ok(help.startsWith(`Usage: section-platform ${path} ${flags} `), help.split("\n")[0]);
            }
            for (const argument of command.registeredArguments)
                assert.ok(argument.description.length > 5, `section-platform ${path} <${argument.name()}>`);
        }
    });

    it("understand their own examples", async () => {
        const count = await readExamples(makeProgram);
        assert.ok(count >= commands.length, `${count} examples`);
    });

    it("answer in JSON, failures too, and say what comes next", () =>
        withFolder(async (folder) => {
            const env = { SECTION_PLATFORM_DATA_DIR: folder };
            const json = async (...args: string[]) => JSON.parse((await run([...args, "--json"], env)).stdout);
            const { isMade, notes } = await json("next");
            assert.deepEqual(
                [isMade, notes],
                [
                    false,
                    [
                        "DNS records of sites point to Section's edge (c.section.io), unless SECTION_PLATFORM_EDGE_DOMAIN names another edge",
                        "no certificates are issued, unless SECTION_PLATFORM_ACME_DIRECTORY names an authority",
                    ],
                ],
            );
            await seedDatabase(folder);
            assert.deepEqual(await json("user", "add", "olga@agency.example"), { id: 1, email: "olga@agency.example" });
            const { token } = await json("token", "add", "olga@agency.example", "--description", "laptop");
            assert.ok(token.length > 20);
            assert.equal((await json("next")).isMade, true);
            assert.equal((await json("token", "list", "nobody@agency.example")).error.remedy, "Add the user first");
            assert.equal((await json("backup", "-")).error.code, "invalid-input");
            assert.deepEqual((await json("user", "lst")).error.code, "usage");
            const first = await run([]);
            assert.equal(first.code, 0);
            assert.match(first.stdout, /data folder {2}not set.*export SECTION_PLATFORM_DATA_DIR=/s);
            assert.match((await run([], env)).stdout, /section-platform serve/);
            assert.match((await run(["--version"])).stdout, /^\d+\.\d+\.\d+\n$/);
            assert.match(
                (await run(["bakup"])).stderr,
                /^section-platform: unknown command 'bakup'\n\(Did you mean backup\?\)/,
            );
        }));

    it("are completed by a shell", async function () {
        if (!hasShell("bash")) this.skip();
        const { stdout } = await run(["completion", "bash"]);
        await withFolder(async (cwd) => {
            const lines = [
                "section-platform us\t reset\t",
                "section-platform token add olga --sc\t re\t",
                "section-platform account require-2fa 7 of\t",
            ];
            assert.deepEqual(await typeIntoShell("bash", "section-platform", stdout, { cwd, lines }), [
                "<user><reset-2fa>",
                "<token><add><olga><--scope><read>",
                "<account><require-2fa><7><off>",
            ]);
        });
    });
});
