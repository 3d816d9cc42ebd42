import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type FaultProxy, isMutating, startFaultProxy } from "../support/fault-proxy";
import { mustGit } from "../support/git";
import { patternOf, readSessions, type Step, steady } from "../support/page-sessions";
import { type RunningPlatform, startPlatform } from "../support/platform";
import { mustPulumi } from "../support/pulumi";
import { engineVariables } from "../support/stack";

const pin = "4711";
const otherPin = "4712";
const secretFile = `
import * as pulumi from "@pulumi/pulumi";
new section.Environment("acme-production", {
    application: www.id,
    name: "Production",
    config: { "varnish/pin.txt": new pulumi.Config().requireSecret("pin") },
});
`;

/** Replaces heads, which differ in each run. */
const sameHeads = (text: string) => text.replaceAll(/head: \w{10} -> \w{10}/g, "head: ONE -> OTHER");

interface Ran {
    code: number;
    stdout: string;
    output: string;
}

describe("a plan is applied as it was reviewed, or not at all", () => {
    let folder: string;
    let cwd: string;
    let clone: string;
    let platform: RunningPlatform;
    let proxy: FaultProxy;
    let environment: Record<string, string>;
    let run: (command: string, more?: Record<string, string>) => Promise<Ran>;
    const options = () => ({ cwd, folder, environment });
    let [movements, stopped, writes] = [0, 0, 0];

    before(async () => {
        folder = await mkdtemp(path.join(tmpdir(), "section-test-"));
        cwd = path.join(folder, "program");
        clone = path.join(folder, "clone");
        proxy = await startFaultProxy(() => platform.url);
        platform = await startPlatform({ publicUrl: proxy.url });
        environment = { SECTION_ENDPOINT: proxy.url, SECTION_TOKEN: platform.token };
        await cp("examples/drift", cwd, { recursive: true });
        await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
        const variables = await engineVariables(folder);
        const bin = path.resolve("node_modules/.bin");
        const env = {
            ...process.env,
            ...variables,
            NO_COLOR: "1",
            ...environment,
            PATH: `${bin}${path.delimiter}${variables.PATH}`,
        };
        run = (command, more = {}) =>
            new Promise((resolve) => {
                execFile("sh", ["-c", command], { cwd, env: { ...env, ...more } }, (error, stdout, stderr) =>
                    resolve({
                        code: typeof error?.code === "number" ? error.code : 0,
                        stdout,
                        output: stdout + stderr,
                    }),
                );
            });
        await edit("index.ts", (text) => text + secretFile);
        await mustPulumi(["stack", "init", "other"], options());
        await mustPulumi(["stack", "init", "story"], options());
        await mustPulumi(["config", "set", "--secret", "pin", "0000"], options());
        await mustPulumi(["up", "--yes", "--skip-preview"], options());
        await mustGit(
            folder,
            platform.token,
            "clone",
            "--quiet",
            "--branch",
            "Staging",
            `${platform.url}${await gitPath()}`,
            clone,
        );
    });
    after(async () => {
        await platform.close();
        await proxy.close();
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
        process.stdout.write(`      ${movements} movements, ${stopped} stopped, ${writes} writes by stopped applies\n`);
    });

    const gitPath = async () => new URL((await platform.api.get("/account/1/application"))[0].git_url).pathname;
    async function edit(file: string, change: (text: string) => string): Promise<string> {
        const at = path.join(cwd, file);
        const text = await readFile(at, "utf8");
        assert.notEqual(change(text), text, `nothing changed in ${file}`);
        await writeFile(at, change(text));
        return text;
    }
    async function push(file: string): Promise<void> {
        await writeFile(path.join(clone, file), "User-agent: *\n");
        await mustGit(clone, platform.token, "add", "--all");
        await mustGit(clone, platform.token, "commit", "--quiet", "--message", `${file}, by hand`);
        await mustGit(clone, platform.token, "push", "--quiet");
    }
    async function plan(): Promise<Record<string, never>> {
        const { code, output } = await run("pulumi-section plan --out plan.json");
        assert.equal(code, 2, output);
        return JSON.parse(await readFile(path.join(cwd, "plan.json"), "utf8"));
    }
    /** Applies after something moved: the apply has to stop, name the movement, and write nothing. */
    async function mustStop(
        expected: RegExp,
        { args = "", more = {}, code = 3, refused = 0, seenAs = ({ output }: Ran) => output } = {},
    ) {
        movements += 1;
        const before = proxy.seen.length;
        const ran = await run(`pulumi-section apply --plan plan.json --yes ${args}`, more);
        const written = proxy.seen.slice(before).filter(isMutating);
        assert.equal(ran.code, code, ran.output);
        assert.match(seenAs(ran), expected);
        if (code === 3) assert.match(ran.stdout, /^moved since it was planned:$/m);
        stopped += 1;
        writes += written.length - refused;
        assert.equal(written.length, refused, JSON.stringify(written));
    }

    it("stops for another place, a damaged file, an edited program, another secret, a role, a hostname", async () => {
        await edit("proxy/varnish/default.vcl", (text) => text.replace("grace = 1h", "grace = 2h"));
        await edit("index.ts", (text) => text.replace('"readonly"', '"admin"').replace(/new section.Domain.*\n/, ""));
        await mustPulumi(["config", "set", "--secret", "pin", pin], options());
        const planned = await plan();
        const text = await readFile(path.join(cwd, "plan.json"), "utf8");
        assert.ok(!text.includes(pin) && !text.includes(platform.token), "a secret stands in the plan");
        assert.deepEqual(
            (planned.steps as unknown as { op: string; id: string }[]).map(({ op, id }) => `${op} ${id}`).sort(),
            [
                "delete 1/1/Production/shop.acme.example",
                "update 1/1/Production",
                "update 1/1/Staging",
                "update 1/jane@agency.example",
            ],
        );

        await mustStop(/endpoint: the plan is for \S+, this is \S+/, { more: { SECTION_ENDPOINT: platform.url } });
        await mustStop(/stack: the plan is for drift\/story, this is other/, { args: "--stack other" });
        const file = path.join(cwd, "plan.json");
        await writeFile(file, text.slice(0, -100));
        await mustStop(/it is no JSON, perhaps cut off/, { code: 1 });
        await writeFile(file, text.replace('"to": "admin"', '"to": "owner"'));
        await mustStop(/its seal is broken: something in it was changed/, { code: 1 });
        await writeFile(file, text);

        const vcl = await edit("proxy/varnish/default.vcl", (now) => now.replace("grace = 2h", "grace = 3h"));
        await mustStop(
            /Environment acme-staging: config\["varnish\/default.vcl"\] was reviewed as blob \w+ -> blob \w+, and is blob \w+ -> blob \w+ now/,
        );
        await writeFile(path.join(cwd, "proxy/varnish/default.vcl"), vcl);

        await mustPulumi(["config", "set", "--secret", "pin", otherPin], options());
        await mustStop(/Environment acme-production: the secret config\["varnish\/pin.txt"\] is another one/);
        await mustPulumi(["config", "set", "--secret", "pin", pin], options());

        const jane = (await platform.api.get("/account/1/user")).find(
            ({ email }: { email: string }) => email === "jane@agency.example",
        );
        await platform.api.must("POST", `/account/1/user/${jane.id}`, { accountCapability: "state" });
        await mustStop(
            /membership 1\/jane@agency.example: role: readonly -> state, by Olga Owner <olga@agency.example>, .* request/,
        );
        await platform.api.must("POST", `/account/1/user/${jane.id}`, { accountCapability: "readonly" });

        const shop = "/account/1/application/1/environment/Production/domain/shop.acme.example";
        await platform.api.must("DELETE", shop);
        await mustStop(/domain 1\/1\/Production\/shop.acme.example: it is gone, by Olga Owner/);
        await platform.api.must("POST", shop);
    });

    it("is not reviewed with a wrong passphrase: each command says how to give the right one", async () => {
        const wrong = { PULUMI_CONFIG_PASSPHRASE: "not the one", SECTION_ENDPOINT: "", SECTION_TOKEN: "" };
        // one asks for the config, the other for a preview
        for (const command of ["whoami", "review"]) {
            const { code, output } = await run(`pulumi-section ${command}`, wrong);
            assert.equal(code, 1, output);
            assert.match(
                output,
                /^pulumi-section: .*incorrect passphrase.*\. Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE, to the passphrase with which this stack was made\.$/m,
            );
        }
    });

    it("stops for another up", async () => {
        await mustPulumi(["up", "--yes", "--skip-preview", "--target", "**acme-jane"], options());
        await mustStop(/membership 1\/jane@agency.example: .*an up, refresh or import ran in between/);
    });

    it("does what docs/plan.md shows: stops for a push, applies, and the preview is empty; a push during the apply stops it, too", async () => {
        await mustPulumi(
            ["up", "--yes", "--skip-preview", "--target", "**acme-production", "--target", "**acme-shop"],
            options(),
        );
        await edit("proxy/varnish/default.vcl", (text) => text.replace(/grace = \dh/, "grace = 4h"));
        const [planning, stopping, again, applying, ...others] = await readSessions("docs/plan.md");
        assert.ok(planning && stopping && again && applying && others.length === 0);
        const shows = async ({ command, expected }: Step, code: number) => {
            const ran = await run(command);
            assert.match(sameHeads(steady(ran.stdout)), patternOf(sameHeads(expected)), ran.output);
            assert.equal(ran.code, code, ran.output);
        };

        await shows(planning, 2);
        await push("robots.txt");
        await mustStop(patternOf(sameHeads(stopping.expected)), { seenAs: ({ stdout }) => sameHeads(steady(stdout)) });

        await shows(again, 2);
        const reviewed = await readFile(path.join(cwd, "plan.json"), "utf8");
        let pushed: Promise<void> | undefined;
        proxy.decide(({ path: asked }) => {
            if (pushed !== undefined || !asked.endsWith("/environment/Staging/commit")) return "pass";
            pushed = push("humans.txt");
            return { lateByMs: 5_000 };
        });
        // the commit was on its way, and the platform refused it
        await mustStop(/environment 1\/1\/Staging moved since the plan was made: head: \w{10} -> \w{10}/, {
            refused: 1,
        });
        await pushed;
        proxy.decide(() => "pass");

        await shows(again, 2);
        assert.notEqual(await readFile(path.join(cwd, "plan.json"), "utf8"), reviewed);
        await shows(applying, 0);
        await mustGit(clone, platform.token, "pull", "--quiet");
        assert.match(await readFile(path.join(clone, "varnish/default.vcl"), "utf8"), /grace = 4h/);
        const { code, stdout } = await run("pulumi-section plan --out plan.json");
        assert.deepEqual([code, stdout], [0, "nothing to do; written to plan.json\n"]);
    });
});
