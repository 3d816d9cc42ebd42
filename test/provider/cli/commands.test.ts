import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { makeProgram } from "../../../provider/cli/main";
import { commandsOf, examplesOf, readExamples } from "../../support/command-tree";

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
            assert.equal(hasJson, !withoutJson.includes(path) && command.commands.length === 0, `pulumi-section ${path}: --json`);
            assert.ok(command.description().length > 20, path);
        }
    });

    it("understand their own examples", async () => {
        const count = await readExamples(makeProgram);
        assert.ok(count >= commands.length, `${count} examples`);
    });

    it("are listed by docs/command.md, below what one wants to do", async () => {
        const page = await readFile("docs/command.md", "utf8");
        const [, table = ""] = page.split("## Commands\n");
        const rows = [...(table.split("\n## ")[0] ?? "").matchAll(/^\| ([^|]+?) +\| `pulumi-section ([^`]+)` +\|/gm)];
        const purposes = new Map(rows.map(([, purpose = "", name = ""]) => [name, purpose]));
        assert.deepEqual([...purposes.keys()].sort(), commands.map(({ path }) => path).sort());
        for (const { path, command } of commands) assert.equal(`${purposes.get(path)}:`, command.helpGroup(), path);
    });
});
