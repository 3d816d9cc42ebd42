import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { makeProgram } from "../../cli/main";
import { commandsOf, examplesOf, readExamples } from "../support/command-tree";

/** Where JSON has no sense: docs/command.md says so. */
const withoutJson = ["completion"];

describe("the commands of pulumi-section", () => {
    const commands = commandsOf(makeProgram());

    it("each end their help with examples, and know --json", () => {
        assert.ok(commands.length >= 6, `${commands.length} commands`);
        for (const { path, command, help } of commands) {
            assert.match(help, /\nExamples:\n( {2}\$ .+\n)+$/, `pulumi-section ${path} --help ends without examples`);
            assert.ok(examplesOf(help).length > 0, path);
            const hasJson = command.options.some(({ long }) => long === "--json");
            assert.equal(
                hasJson,
                !withoutJson.includes(path) && command.commands.length === 0,
                `pulumi-section ${path}: --json`,
            );
            assert.ok(command.description().length > 20, path);
        }
    });

    it("understand their own examples", async () => {
        const count = await readExamples(makeProgram);
        assert.ok(count >= commands.length, `${count} examples`);
    });

    it("are listed by docs/command.md, by what one wants to do (npm run docs writes the table)", async () => {
        const page = await readFile("docs/command.md", "utf8");
        const rows = [...page.matchAll(/^\| ([^|]+?) \| `pulumi-section ([^`]+)` \| (.+) \|$/gm)].map(
            ([, ...row]) => row,
        );
        assert.deepEqual(
            rows,
            commands.map(({ path, command }) => [command.helpGroup().replace(":", ""), path, command.description()]),
        );
        const exceptions = [...page.matchAll(/^No `--json`: (.+)$/gm)].map(([, names = ""]) => names);
        assert.equal(exceptions.length, 1);
        for (const name of withoutJson) assert.ok(exceptions[0]?.includes(`\`${name}\``), name);
    });
});
