import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, stat, symlink } from "node:fs/promises";
import path from "node:path";
import { runBash } from "../support/ci";
import { startPlatform, withFolder } from "../support/platform";
import { engineFolder } from "../support/stack";

const stack = "start-story";

function start(
    folder: string,
    ...flags: string[]
): {
    child: ChildProcess;
    finished: Promise<{ code: number | null; output: string }>;
    saw(pattern: RegExp): Promise<void>;
} {
    const environment: NodeJS.ProcessEnv = {
        ...process.env,
        SECTION_START_FOLDER: folder,
        SECTION_START_STACK: stack,
        NO_COLOR: "1",
    };
    const child = spawn(process.execPath, ["tools/start.mjs", ...flags], {
        env: environment,
        stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const watchers: { pattern: RegExp; resolve(): void }[] = [];
    for (const stream of [child.stdout, child.stderr]) {
        stream?.on("data", (chunk) => {
            output += chunk;
            for (const { pattern, resolve } of watchers) if (pattern.test(output)) resolve();
        });
    }
    const finished = new Promise<{ code: number | null; output: string }>((resolve) =>
        child.once("close", (code) => resolve({ code, output })),
    );
    return { child, finished, saw: (pattern) => new Promise((resolve) => watchers.push({ pattern, resolve })) };
}

/** Processes that a run in this folder has started and that still live. */
async function processesOf(folder: string): Promise<string[]> {
    const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
    const found = await Promise.all(
        pids.map(async (pid) =>
            (await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "")).includes(
                `SECTION_START_FOLDER=${folder}\0`,
            )
                ? pid
                : undefined,
        ),
    );
    return found.flatMap((pid) => pid ?? []);
}

describe("npm start", () => {
    after(() => rm(`Pulumi.${stack}.yaml`, { force: true }));

    it("does nothing where npm kept a flag for itself, and says how to write it", async () => {
        const refused = (kept: string, meant: string) =>
            `npm kept --${kept} for itself, so nothing was done. Write it after two dashes: npm start -- --${meant}\n`;
        const { npm_config_preview: _, ...before } = process.env;
        for (const [kept, meant] of [
            ["preview", "preview"],
            ["destroy", "destroy"],
            ["previw", "preview"],
            ["dry-run", "preview"],
        ] as const) {
            process.env[`npm_config_${kept.replace("-", "_")}`] = "true";
            const { code, output } = await start("/nonexistent").finished;
            process.env = { ...before };
            assert.deepEqual([code, output], [1, refused(kept, meant)]);
        }
        const environment = { ...before, SECTION_START_FOLDER: "/nonexistent" };
        const typed = await runBash("npm --silent start --preview", process.cwd(), environment);
        assert.deepEqual(typed, { code: 1, output: refused("preview", "preview") }, "npm itself");
    });

    it("explains itself, and refuses what it does not know", async () => {
        const { code, output } = await start("/nonexistent", "--help").finished;
        assert.equal(code, 0);
        assert.match(output, /--preview .*--serve .*/s);
        const unknown = await start("/nonexistent", "--fly").finished;
        assert.equal(unknown.code, 1);
        assert.match(unknown.output, /Unknown option '--fly'.*--help` lists the options/s);
    });

    it("survives kill -9 in the middle, ends with what exists, and then changes nothing", () =>
        withFolder(async (home) => {
            const folder = path.join(home, "section");
            const first = start(folder);
            await first.saw(/(Application \S+ created .*){3}/s);
            first.child.kill("SIGKILL");
            await first.finished;

            const second = await start(folder).finished;
            assert.equal(second.code, 0, second.output);
            assert.match(
                second.output,
                /5 organizations, 10 applications, 18 environments, 21 domains\. Nothing is live before its DNS record is set\./,
            );
            assert.match(
                second.output,
                /www\.acme\.example +Production +www\.acme\.example +CNAME www\.acme\.example\.c\.section\.io +no +[0-9a-f]{10}/,
            );
            const third = await start(folder).finished;
            assert.equal(third.code, 0, third.output);
            assert.match(third.output, /47 unchanged/);
            assert.doesNotMatch(third.output, /\d+ (created|updated|deleted)/);

            const token = await readFile(path.join(folder, "token"), "utf8");
            assert.equal((await stat(path.join(folder, "token"))).mode & 0o77, 0, "nobody else can read the token");
            for (const { output } of [second, third]) assert.ok(!output.includes(token));
            const gone = await start(folder, "--destroy").finished;
            assert.equal(gone.code, 0, gone.output);
            assert.match(gone.output, /47 deleted/);
            assert.deepEqual(await processesOf(folder), [], "the killed run's plugins are gone too");
        }));
});

/** The words in code marks that README.md says of plain pulumi in the root, in its order. */
async function readCommands(): Promise<string[]> {
    const readme = await readFile("README.md", "utf8");
    const [, words = ""] = /In the root of this repository,(.*?)\n\n/s.exec(readme) ?? [];
    return [...words.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word.replaceAll(/\s+/g, " "));
}

describe("the root of the repository", () => {
    it("is a project that plain pulumi previews, as README.md says", () =>
        withFolder(async (folder) => {
            const [preview, , , , build, init, backend, states, passphrase, ...more] = await readCommands();
            assert.deepEqual([build, more], ["npm install && npm run build", []]);
            // a checkout that is installed and built: other stories run beside this one
            const root = path.join(folder, "pulumi-section");
            await mkdir(root);
            await cp("Pulumi.yaml", path.join(root, "Pulumi.yaml"));
            for (const name of ["package.json", "examples", "node_modules"])
                await symlink(path.resolve(name), path.join(root, name));
            const platform = await startPlatform();
            try {
                const script = `export ${backend}="${states}" ${passphrase}=choose-one\nmkdir "\${${backend}#file://}"\n${init}\n${preview}\n`;
                const { code, output } = await runBash(script, root, {
                    HOME: folder,
                    PATH: [await engineFolder(), path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
                    SECTION_ENDPOINT: platform.url,
                    SECTION_TOKEN: platform.token,
                    SECTION_RESOLVER: "none",
                    NO_COLOR: "1",
                });
                assert.equal(code, 0, output);
                assert.match(output, /\+ 47 to create/);
                assert.deepEqual(await platform.api.get("/account"), []);
            } finally {
                await platform.close();
            }
        }));
});
