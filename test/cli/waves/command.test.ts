import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { access, chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseDuration } from "../../../cli/waves/command";
import { describeBothWays } from "../../support/both-ways";
import { withFolder } from "../../support/platform";
import { urnOf } from "../../support/preview";
import { type CommandResult, pulumiSection } from "../../support/provider-command";
import { type SiteText, sitesText } from "../../support/waves";

interface World {
    folder: string;
    environment: Record<string, string>;
    waves(...args: string[]): Promise<CommandResult>;
    show(sites: readonly SiteText[]): Promise<void>;
}

const settings = { SECTION_ENDPOINT: "http://platform.example", SECTION_TOKEN: "secret-token" };

/** An engine that shows the preview of a file and applies by what `up` says, a piece of a shell script. */
async function withWorld(
    up: string,
    work: (world: World) => Promise<void>,
    preview = "cat preview.json",
): Promise<void> {
    await withFolder(async (folder) => {
        const bin = path.join(folder, "bin");
        await mkdir(bin);
        await writeFile(
            path.join(bin, "pulumi"),
            `#!/bin/sh\ncase "$2" in\npreview) ${preview} ;;\nup) echo "$*" >> ups; ${up} ;;\n*) exit 7 ;;\nesac\n`,
        );
        await chmod(path.join(bin, "pulumi"), 0o755);
        const environment = { ...settings, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
        const waves: World["waves"] = (...args) => pulumiSection(["waves", ...args], { cwd: folder, environment });
        await work({
            folder,
            environment,
            waves,
            show: (sites) => writeFile(path.join(folder, "preview.json"), sitesText(sites)),
        });
    });
}

async function until(file: string): Promise<void> {
    while (
        await access(file).then(
            () => false,
            () => true,
        )
    )
        await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Starts waves in a process of their own that a test can interrupt. */
function startWaves({ folder, environment }: Pick<World, "folder" | "environment">, ...args: string[]) {
    const command = [path.resolve("cli/bin/pulumi-section.js"), "waves", "--no-check", "--yes", ...args];
    const child = spawn(process.execPath, command, { cwd: folder, env: { ...process.env, ...environment } });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    return { child, ended, output: () => output };
}

describeBothWays("the waves command", function () {
    this.timeout(60_000);

    it("begins nothing without a word on checks, without consent, or with nothing to do", () =>
        withWorld("exit 9", async ({ waves, show, folder }) => {
            await show([{ name: "a" }, { name: "b" }]);
            assert.match(
                (await waves("--yes")).stderr,
                /nothing says how a site is checked\. Add --check or --check-url, or --no-check/,
            );
            assert.match((await waves("--no-check")).stderr, /nobody can be asked: stdin .*\. Add --yes/);
            assert.match(
                (await waves("--no-check", "--resume")).stderr,
                /stack production has no run to resume: none was begun/,
            );
            const plan = await waves("--plan", "--sizes", "1");
            assert.deepEqual(
                [plan.code, plan.stdout.split("\n").slice(1, 3)],
                [0, ["  wave 1 of 2  1 site: a.example", "  wave 2 of 2  1 site: b.example"]],
            );
            await show([{ name: "a", op: "same" }]);
            assert.deepEqual(await waves("--no-check", "--yes"), { code: 0, stdout: "nothing changes\n", stderr: "" });
            await assert.rejects(access(path.join(folder, "ups")));
        }));

    it("stops where the engine fails, in its words, and keeps the run", () =>
        withWorld(
            `echo '{"diagnosticEvent":{"severity":"error","message":"the stack is currently locked by 1 lock(s)"}}'; exit 255`,
            async ({ waves, show, folder }) => {
                await show([{ name: "a" }, { name: "b" }]);
                const { code, stdout } = await waves("--no-check", "--yes", "--sizes", "1", "--json");
                const { outcome, stopped, waves: each } = JSON.parse(stdout);
                assert.deepEqual(
                    [code, outcome, stopped],
                    [
                        2,
                        "stopped",
                        { why: "apply", wave: "wave 1 of 2", words: "the stack is currently locked by 1 lock(s)" },
                    ],
                );
                assert.deepEqual(
                    each.map(({ state }: { state: string }) => state),
                    ["failed", "planned"],
                );
                const targets = (await readFile(path.join(folder, "ups"), "utf8")).match(/--target \S+/g);
                assert.deepEqual(targets, [`--target ${urnOf("environment", "a-Production")}`]);
                const text = await waves("--no-check", "--yes", "--resume");
                assert.match(
                    text.stdout,
                    /lock\(s\)\n {2}not touched: 2 environments: a\.example, b\.example\nIf no other run .* pulumi cancel\ngo on: pulumi-section waves --resume/,
                );
                const record = await readFile(path.join(folder, ".pulumi-section/waves-production.json"), "utf8");
                assert.doesNotMatch(record, /secret-token/);
            },
        ));

    it("says that the change was edited, and plans what is pending anew", () =>
        withWorld("exit 255", async ({ waves, show }) => {
            await show([{ name: "a" }, { name: "b" }]);
            assert.equal((await waves("--no-check", "--yes", "--sizes", "1")).code, 2);
            await show([
                { name: "a", op: "same" },
                { name: "b", content: "newer" },
            ]);
            const { code, stderr } = await waves("--no-check", "--yes", "--resume");
            assert.equal(code, 2);
            assert.match(stderr, /the change was edited since .*, in 1 resource: the waves that are left/);
            assert.match(stderr, /wave 2 of 2 {2}1 site: b\.example\n/);
        }));

    it("lets the engine end what it is doing at Ctrl-C, and keeps the run", () =>
        withWorld(
            `trap 'touch interrupted; exit 130' INT; touch begun; while :; do sleep 0.1; done`,
            async ({ folder, environment, show }) => {
                await show([{ name: "a" }, { name: "b" }]);
                const { child, ended, output } = startWaves({ folder, environment });
                await until(path.join(folder, "begun"));
                child.kill("SIGINT");
                assert.equal(await ended, 2);
                await access(path.join(folder, "interrupted"));
                assert.match(
                    output(),
                    /stopping: the engine finishes what it is doing[\s\S]*stopped at wave 1 of 1: interrupted\n/,
                );
                const { waves } = JSON.parse(
                    await readFile(path.join(folder, ".pulumi-section/waves-production.json"), "utf8"),
                );
                assert.equal(waves[0].state, "applying");
            },
        ));

    for (const times of [1, 2])
        it(`starts no further wave after ${times} SIGINT of its own in the preview between two waves`, () =>
            withWorld(
                "exit 0",
                async ({ folder, environment, show }) => {
                    await show([{ name: "a" }, { name: "b" }]);
                    const { child, ended, output } = startWaves({ folder, environment }, "--sizes", "1");
                    await until(path.join(folder, "between"));
                    for (let sent = 1; sent <= times; sent += 1) {
                        child.kill("SIGINT");
                        await new Promise((resolve) => setTimeout(resolve, 200));
                    }
                    if (times === 1) await writeFile(path.join(folder, "go"), "");
                    assert.equal(await ended, 2, output());
                    assert.match(output(), /stopped at wave 2 of 2: interrupted\n/);
                    assert.equal((await readFile(path.join(folder, "ups"), "utf8")).split("\n").length, 2, "one up");
                    const record = await readFile(path.join(folder, ".pulumi-section/waves-production.json"), "utf8");
                    assert.deepEqual(
                        JSON.parse(record).waves.map(({ state }: { state: string }) => state),
                        ["done", "planned"],
                    );
                },
                "if test -e ups; then touch between; until test -e go; do sleep 0.05; done; fi; cat preview.json",
            ));

    it("reads times", () => {
        assert.deepEqual(
            ["500ms", "30s", "5m", "1h", "7"].map(parseDuration),
            [500, 30_000, 300_000, 3_600_000, 7_000],
        );
        assert.throws(() => parseDuration("soon"), /soon is not a duration\. Write it like 30s or 5m/);
    });
});
