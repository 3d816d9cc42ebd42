import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { completionShells } from "../../../display/completion";
import { withFolder } from "../../support/platform";
import { pulumiSection } from "../../support/provider-command";
import { hasShell, typeIntoShell } from "../../support/shells";

/** What is typed, and the words that the command gets. */
const sessions = [
    ["pulumi-section dri\t --ab\t", "<drift><--absorb>"],
    ["pulumi-section drift --stack prod\t", "<drift><--stack><production>"],
    ["pulumi-section completion zs\t", "<completion><zsh>"],
    ["pulumi-section help whoa\t", "<help><whoami>"],
    [
        "pulumi-section export --cont\t --organization 7 --js\t est\t",
        "<export><--content><--organization><7><--json><estate of all>",
    ],
    ["pulumi-section adopt --stack=prod\t est\t", "<adopt><--stack=production><estate of all>"],
] as const;

describe("the completion of shells", function () {
    this.timeout(120_000);

    for (const shell of completionShells) {
        it(`completes commands, options, choices, stacks and folders in ${shell}`, async function () {
            if (!hasShell(shell)) this.skip();
            const { stdout, code } = await pulumiSection(["completion", shell], { environment: {} });
            assert.equal(code, 0);
            await withFolder(async (cwd) => {
                await mkdir(path.join(cwd, "estate of all"));
                await writeFile(path.join(cwd, "established.txt"), "no folder");
                for (const name of ["Pulumi.yaml", "Pulumi.production.yaml", "Pulumi.$(touch harm).yaml"])
                    await writeFile(path.join(cwd, name), "");
                const answers = await typeIntoShell(shell, "pulumi-section", stdout, {
                    cwd,
                    lines: sessions.map(([line]) => line),
                });
                assert.deepEqual(
                    answers,
                    sessions.map(([, words]) => words),
                );
            });
        });
    }

    it("knows bash, zsh and fish", async () => {
        const { code, stderr } = await pulumiSection(["completion", "csh"], { environment: {} });
        assert.equal(code, 1);
        assert.match(stderr, /Allowed choices are bash, zsh, fish/);
    });
});
