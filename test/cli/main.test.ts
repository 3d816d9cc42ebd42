import assert from "node:assert/strict";
import { chmod, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { withFolder } from "../support/platform";
import { providerPlatform } from "../support/provider";
import { pulumiSection } from "../support/provider-command";

describe("the pulumi-section command", () => {
    it("says where the settings lead", async () => {
        const { url, token } = await providerPlatform();
        const environment = { SECTION_ENDPOINT: url, SECTION_TOKEN: token };
        const shown = await pulumiSection(["whoami"], { environment });
        assert.equal(shown.code, 0, shown.stderr);
        assert.match(
            shown.stdout,
            new RegExp(
                `^Olga Owner <olga@agency\\.example> at ${url}\n\\d+ organizations\ncertificates: none are issued\nextensions: account\\.changes, account\\.create, `,
            ),
        );
        const { stdout } = await pulumiSection(["whoami", "--json"], { environment });
        assert.equal(JSON.parse(stdout).email, "olga@agency.example");
    });

    it("says of pure v1 that it has no extensions", async () => {
        const { url, token } = await providerPlatform(false);
        assert.match(
            (await pulumiSection(["whoami"], { environment: { SECTION_ENDPOINT: url, SECTION_TOKEN: token } })).stdout,
            /none \(pure v1\)/,
        );
    });

    it("says without a command what is set up here, and what comes next", async () => {
        await withFolder(async (cwd) => {
            const bare = await pulumiSection([], { environment: {}, cwd });
            assert.equal(bare.code, 0, bare.stderr);
            const [, shown] = /^\$ pulumi-section\n(.*?)^```$/ms.exec(await readFile("docs/command.md", "utf8")) ?? [];
            assert.equal(bare.stdout, shown, "docs/command.md shows it");

            await writeFile(path.join(cwd, "Pulumi.yaml"), "name: agency\n");
            const script = `#!/bin/sh\ncase "$2" in\nstack) echo '[{"name":"production","current":true}]' ;;\nconfig) echo '{"section:endpoint":{"value":"https://platform.example/api/v1"},"section:token":{"value":"s3cret"}}' ;;\nesac\n`;
            await writeFile(path.join(cwd, "pulumi"), script);
            await chmod(path.join(cwd, "pulumi"), 0o755);
            const environment = { PATH: `${cwd}${path.delimiter}${process.env.PATH}` };
            const { stdout } = await pulumiSection(["next", "--json"], { environment, cwd });
            assert.ok(!stdout.includes("s3cret"));
            const { next, project, ...facts } = JSON.parse(stdout);
            assert.deepEqual(facts, {
                endpoint: "https://platform.example",
                hasToken: true,
                stack: "production",
                stacksWithSettings: [],
                notes: [],
            });
            assert.ok(project.endsWith(path.basename(cwd)));
            assert.deepEqual(
                next.map(({ command }: { command: string }) => command),
                ["pulumi-section drift", "pulumi-section review", "pulumi-section up", "pulumi-section estate"],
            );
            // a fresh clone: the settings of the stacks are there, and none of them is selected
            for (const name of ["prod", "dev"]) await writeFile(path.join(cwd, `Pulumi.${name}.yaml`), "config: {}\n");
            const clone = await pulumiSection([], { environment: { PATH: path.dirname(process.execPath) }, cwd });
            assert.match(
                clone.stdout,
                /\nNext:\n {2}pulumi stack select dev +its settings are in Pulumi\.dev\.yaml.*\n {2}pulumi stack select prod .*\n {2}pulumi-section +what comes next in this stack\n\n/,
            );
            const wrong = await pulumiSection([], {
                environment: { ...environment, SECTION_ENDPOINT: "https://me:s3cret@x.example", SECTION_TOKEN: "t" },
                cwd,
            });
            assert.match(wrong.stdout, /the endpoint holds credentials/);
            assert.ok(!wrong.stdout.includes("s3cret"));
        });
        assert.match((await pulumiSection(["--version"], { environment: {} })).stdout, /^\d+\.\d+\.\d+\n$/);
    });

    it("fails as data where data was asked for, as docs/command.md shows", async () => {
        const [, words, shown] =
            /^\$ pulumi-section whoami --json\n(.*?\n)(\{.*?^\}\n)```$/ms.exec(
                await readFile("docs/command.md", "utf8"),
            ) ?? [];
        const { code, stdout, stderr } = await pulumiSection(["whoami", "--json"], { environment: {}, cwd: "/" });
        assert.deepEqual([code, stdout, stderr], [1, shown, words]);
        const usage = await pulumiSection(["drift", "--stak", "--json"], { environment: {} });
        assert.deepEqual([usage.code, JSON.parse(usage.stdout).error.code], [1, "usage"]);
        assert.match(usage.stderr, /unknown option '--stak'\n\(Did you mean --stack\?\)/);
    });

    it("fails in words: without settings, with a wrong token, with a command it does not know", async () => {
        const { url } = await providerPlatform();
        const bare = await pulumiSection(["whoami"], { environment: {}, cwd: "/" });
        assert.deepEqual([bare.code, bare.stdout], [1, ""]);
        assert.match(bare.stderr, /^pulumi-section: no endpoint is set\. Set SECTION_ENDPOINT/);
        const wrong = await pulumiSection(["whoami"], {
            environment: { SECTION_ENDPOINT: url, SECTION_TOKEN: "s3cret-and-wrong" },
        });
        assert.equal(wrong.code, 1);
        assert.doesNotMatch(wrong.stderr, /s3cret/);
        assert.match(
            (await pulumiSection(["whomai"], { environment: {} })).stderr,
            /unknown command 'whomai'.*whoami/s,
        );
    });
});
