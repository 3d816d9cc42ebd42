import assert from "node:assert/strict";
import { type ChildProcess, execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Api } from "../support/api";
import { type FaultProxy, isMutating, startFaultProxy } from "../support/fault-proxy";
import { mustGit } from "../support/git";
import { type RunningPlatform, startPlatform } from "../support/platform";
import { mustPulumi } from "../support/pulumi";
import { engineVariables } from "../support/stack";

const note = "correct horse battery staple\n";

interface Ran {
    code: number;
    stdout: string;
    stderr: string;
}

/** Replaces text that differs between two runs. */
const steady = (text: string) =>
    text
        .replaceAll(/\d+\.\d s\b/g, "N s")
        .replaceAll(/https?:\/\/\S+/g, "ADDRESS")
        .replaceAll(/(?<=\S) {2,}/g, "  ");

/** A pattern for the text of a page; a line of three dots is any number of lines. */
function patternOf(shown: string): RegExp {
    const lines = steady(shown).split("\n").slice(0, -1);
    return new RegExp(
        `^${lines.map((line) => (line === "..." ? "(?:.*\n)*?" : `${line.replaceAll(/[\\^$*+?.()[\]{}|]/g, "\\$&")}\n`)).join("")}$`,
    );
}

describe("a rehearsal", function () {
    this.timeout(600_000); // a rehearsal makes a platform, and runs the engine nine times
    let folder: string;
    let cwd: string;
    let temporary: string;
    let proxy: FaultProxy;
    let platform: RunningPlatform;
    let env: NodeJS.ProcessEnv;
    let live: { state: string; graph: string; config: string; files: string[] };

    const state = () => readFile(path.join(folder, "pulumi-state/.pulumi/stacks/rehearse/production.json"), "utf8");
    const look = async () => ({
        state: await state(),
        graph: JSON.stringify(await platform.api.get("/account/graph?detail=true")),
        config: await readFile(path.join(cwd, "Pulumi.production.yaml"), "utf8"),
        files: (await readdir(cwd)).sort(),
    });
    const start = (args: string[], done: (ran: Ran) => void): ChildProcess =>
        execFile(
            process.execPath,
            [path.resolve("cli/bin/pulumi-section.js"), "rehearse", ...args],
            { cwd, env },
            (error, stdout, stderr) => done({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
        );
    const rehearse = (...args: string[]) => new Promise<Ran>((resolve) => void start(args, resolve));
    const edit = async (from: string, to: string, file = "index.ts") => {
        const text = await readFile(path.join(cwd, file), "utf8");
        assert.ok(text.includes(from), from);
        await writeFile(path.join(cwd, file), text.replace(from, to));
    };

    /** Changes two lines, removes a person and adds a site. */
    const changeProgram = async () => {
        await cp("examples/rehearse", cwd, { recursive: true });
        await edit("grace = 1h", "grace = 2h", "proxy/varnish/default.vcl");
        await edit(
            'new section.Membership("acme-ben", { organization: acme.id, email: "ben@agency.example", role: "state" });\n',
            "",
        );
        await edit(
            "new section.Domain(",
            'new section.Application("acme-blog", { organization: "3", hostname: "blog.acme.example", origin: "origin.acme.example" });\n\nnew section.Domain(',
        );
    };
    // the TypeScript loader of a program keeps its cache there, too
    const leftovers = async () => (await readdir(temporary)).filter((name) => name.startsWith("pulumi-section-"));

    before(async () => {
        folder = await mkdtemp(path.join(tmpdir(), "section-test-"));
        cwd = path.join(folder, "program");
        temporary = path.join(folder, "temporary");
        await mkdir(temporary);
        await cp("examples/rehearse", cwd, { recursive: true });
        await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
        // the live side, behind a proxy that counts its requests
        proxy = await startFaultProxy(() => platform.url);
        platform = await startPlatform({ publicUrl: proxy.url });
        for (const name of ["Another", "Client"])
            await platform.api.makeSite(name, `www.${name.toLowerCase()}.example`); // ids do not begin at 1
        const options = { cwd, folder, environment: {} };
        await mustPulumi(["stack", "init", "production"], options);
        await mustPulumi(["config", "set", "section:endpoint", proxy.url], options);
        await mustPulumi(["config", "set", "section:token", "--secret"], { ...options, stdin: platform.token });
        await mustPulumi(["config", "set", "note", "--secret", "--raw"], { ...options, stdin: note });
        await mustPulumi(["up", "--yes", "--skip-preview"], options);
        assert.match(await mustPulumi(["preview"], options), /Resources:\n\s+8 unchanged/);
        env = { ...process.env, ...(await engineVariables(folder)), NO_COLOR: "1", TMPDIR: temporary };
    });
    beforeEach(async () => {
        live = await look();
        proxy.seen.length = 0;
    });
    afterEach(async () => {
        const mutating = proxy.seen.filter(isMutating);
        console.log(
            `      ${proxy.seen.length} requests reached the live side, ${mutating.length} of them could change something`,
        );
        assert.deepEqual(mutating, []);
        assert.deepEqual({ ...(await look()), files: [] }, { ...live, files: [] });
        assert.deepEqual((await readdir(cwd)).sort(), live.files);
    });
    after(async () => {
        await platform.close();
        await proxy.close();
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    });

    it("applies a change to a copy, with the same ids and commits, and leaves the copy to look at when asked", async () => {
        await changeProgram();
        // Production follows with an up of its own, which the rehearsal does too
        await edit("promote: staging.head", "promote: staging.seenHead");
        const { code, stdout, stderr } = await rehearse("--keep", "--json");
        assert.equal(code, 0, stdout + stderr);
        const { outcome, applied, copied, unsettled, kept, seconds } = JSON.parse(stdout);
        console.log(`      copy ${seconds.copy} s, up ${seconds.up} s, preview ${seconds.preview} s`);
        try {
            assert.deepEqual([outcome, applied.errors, unsettled], ["ok", [], []]);
            assert.deepEqual(copied, { organizations: 3, people: 3, sites: 3, environments: 4, domains: 5 });
            const steps = applied.steps
                .map(({ deed, kind, name }: Record<string, string>) => [deed, kind, name].join(" "))
                .sort();
            assert.deepEqual(steps, [
                "created application acme-blog",
                "deleted membership acme-ben",
                "updated environment acme-production",
                "updated environment acme-staging",
            ]);
            assert.doesNotMatch(stdout + stderr, new RegExp(platform.token));
            const copy = new Api(kept.url, (await readFile(kept.tokenFile, "utf8")).trim());
            const [organization] = (await copy.get("/account/graph?detail=true")).filter(
                ({ id }: { id: number }) => id === 3,
            );
            assert.deepEqual(
                organization.applications.map(({ id, application_name }: Record<string, unknown>) => [
                    id,
                    application_name,
                ]),
                [
                    [3, "www.acme.example"],
                    [4, "blog.acme.example"],
                ],
            );
            assert.deepEqual(organization.members.map(({ email }: { email: string }) => email).sort(), [
                "jane@agency.example",
                "olga@agency.example",
            ]);
            const there = JSON.parse(live.graph).find(({ id }: { id: number }) => id === 3);
            const [before] = there.applications;
            const holdersOf = ({ claim, applications: [site] }: typeof there) => [claim, site.claim];
            assert.ok(there.claim, "the up of the program claimed it");
            assert.deepEqual(holdersOf(organization), holdersOf(there), "whose everything is");
            const clone = path.join(folder, "clone");
            await mustGit(
                folder,
                copy.token,
                "clone",
                "--quiet",
                "--branch",
                "Staging",
                `${kept.url}/account/3/application/3/www.acme.example.git`,
                clone,
            );
            const ids = (await mustGit(clone, undefined, "log", "--format=%H")).trim().split("\n");
            const head = before.environments.find(
                ({ environment_name }: Record<string, string>) => environment_name === "Staging",
            ).head.commit;
            assert.equal(ids[1], head, "the new commit is on top of the live one");
            const left = await readdir(kept.folder, { recursive: true });
            const texts = await Promise.all(
                left
                    .filter((name) => /\.(json|yaml)$/.test(name))
                    .map((name) => readFile(path.join(kept.folder, name), "utf8")),
            );
            assert.ok(texts.length > 2);
            for (const text of texts)
                assert.ok(
                    !text.includes(platform.token) && !text.includes("battery staple"),
                    "a secret lies there in clear",
                );
        } finally {
            process.kill(kept.pid, "SIGTERM");
            await rm(kept.folder, { recursive: true, force: true, maxRetries: 10 });
        }
        assert.deepEqual(await leftovers(), []);
    });

    it("says what fails only at up, in the engine's words", async () => {
        await changeProgram();
        await edit('hostname: "blog.acme.example", origin: "origin.acme.example"', 'hostname: "blog.acme.example"');
        const { code, stdout, stderr } = await rehearse("--organization", "3");
        assert.equal(code, 2, stdout + stderr);
        const page = await readFile("docs/rehearse.md", "utf8");
        const shown = /^\$ pulumi-section rehearse --organization 3\n(.*?)^```$/ms.exec(page)?.[1] ?? "";
        assert.ok(shown.split("\n").length > 6, "docs/rehearse.md shows what it prints");
        assert.match(steady(stdout), patternOf(shown), stdout);
        assert.deepEqual(await leftovers(), []);
    });

    it("takes everything away when it is interrupted", async () => {
        const ran = await new Promise<Ran>((resolve) => {
            const child = start([], resolve);
            const timer = setInterval(async () => {
                const [name = ""] = await leftovers();
                const content: string[] = await readdir(path.join(temporary, name), { recursive: true }).catch(
                    () => [],
                );
                if (!content.includes("data")) return; // the platform is being made
                clearInterval(timer);
                child.kill("SIGTERM");
            }, 200);
        });
        assert.match(ran.stderr, /interrupted: removing the copy/);
        assert.equal(ran.code, 143);
        assert.deepEqual(await leftovers(), []);
    });
});
