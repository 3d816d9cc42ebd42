import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { ghIssues, runBash, runWorkflow, writeCommands } from "../support/ci";
import { type RunningPlatform, startPlatform } from "../support/platform";
import { mustPulumi, type PulumiOptions } from "../support/pulumi";
import { engineVariables } from "../support/stack";

interface GitlabJob {
    variables?: Record<string, string>;
    before_script?: string[];
    script: string[];
    extends?: string;
}

const role = (text: string, now: string) => text.replace(/role: "\w+"/, `role: "${now}"`);

describe("templates/ci", () => {
    let platform: RunningPlatform;
    let folder: string;
    let cwd: string;
    let options: PulumiOptions;
    let env: NodeJS.ProcessEnv;
    let expressions: Record<string, string>;

    const declare = async (now: string) => {
        const file = path.join(cwd, "index.ts");
        await writeFile(file, role(await readFile(file, "utf8"), now));
    };
    const foundRole = async () => {
        const members = (await platform.api.get("/account/1/user")) as { email: string; accountCapability: string }[];
        return members.find(({ email }) => email === "jane@agency.example")?.accountCapability;
    };
    /** What somebody does by hand. */
    const setRole = async (now: string) => {
        const members = (await platform.api.get("/account/1/user")) as { id: number; email: string }[];
        const jane = members.find(({ email }) => email === "jane@agency.example");
        await platform.api.must("POST", `/account/1/user/${jane?.id}`, { accountCapability: now });
    };
    const runGitlab = async (file: string, name: string) => {
        const jobs = parse(await readFile(file, "utf8")) as Record<string, GitlabJob>;
        const job = { ...jobs[jobs[name]?.extends ?? ""], ...jobs[name] } as GitlabJob;
        return runBash([...(job.before_script ?? []), ...job.script].join("\n"), cwd, { ...env, ...job.variables });
    };

    before(async () => {
        platform = await startPlatform();
        folder = await mkdtemp(path.join(tmpdir(), "section-deploy-"));
        cwd = path.join(folder, "program");
        await cp("examples/drift", cwd, { recursive: true });
        await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
        await writeFile(path.join(cwd, "package.json"), '{ "name": "deploy", "private": true }\n');
        const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
        options = { cwd, folder, environment };
        const variables = await engineVariables(folder);
        const bin = path.join(folder, "bin");
        await writeCommands(bin, { gh: ghIssues, npm: "#!/bin/sh\necho npm $*\n" });
        const found = [bin, path.resolve("node_modules/.bin"), variables.PATH].join(path.delimiter);
        env = { ...process.env, ...variables, NO_COLOR: "1", ...environment, PATH: found };
        expressions = {
            "vars.SECTION_ENDPOINT": platform.url,
            "secrets.SECTION_TOKEN": platform.token,
            "vars.PULUMI_BACKEND_URL": String(variables.PULUMI_BACKEND_URL),
            "secrets.PULUMI_ACCESS_TOKEN": "",
            "secrets.PULUMI_CONFIG_PASSPHRASE": String(variables.PULUMI_CONFIG_PASSPHRASE),
            "github.token": "gh-token-1",
        };
        await mustPulumi(["stack", "init", "production"], options);
    });
    after(async () => {
        await platform.close();
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    });

    const runGithub = (job: string) =>
        runWorkflow("templates/ci/github-deploy.yml", { cwd, folder, env, expressions, job });

    it("a deploy on merge by github-deploy.yml applies the plan that was read", async () => {
        const first = await runGithub("plan");
        assert.equal(first.outputs.code, "2", JSON.stringify(first.steps));
        assert.match(first.summary, /^ {4} {2}create organization acme\b/m);
        const applied = await runGithub("apply");
        assert.equal(applied.steps.Apply?.code, 0, applied.steps.Apply?.output);
        assert.equal(await foundRole(), "readonly");
        const idle = await runGithub("plan");
        assert.deepEqual([idle.outputs.code, idle.steps.Plan?.code], ["0", 0], idle.steps.Plan?.output);
    });

    it("a deploy on merge by github-deploy.yml stops if something moved, and if the preview is refused", async () => {
        await declare("state");
        assert.equal((await runGithub("plan")).outputs.code, "2");
        await setRole("admin");
        const moved = (await runGithub("apply")).steps.Apply;
        assert.equal(moved?.code, 3, moved?.output);
        assert.match(moved?.output ?? "", /role: readonly -> admin, by Olga Owner.*\n::error::Something moved/s);
        assert.equal(await foundRole(), "admin", "nothing was applied");

        await declare("nobody");
        const refused = await runGithub("plan");
        assert.deepEqual([refused.outputs.code, refused.steps.Plan?.code], ["1", 1], refused.steps.Plan?.output);
        await declare("admin");
    });

    it("a deploy on merge by gitlab-deploy.yml does the same", async () => {
        await declare("restrictions-editor");
        const planned = await runGitlab("templates/ci/gitlab-deploy.yml", "plan");
        assert.equal(planned.code, 0, planned.output);
        assert.match(planned.output, /update membership acme-jane/);
        assert.deepEqual(await readdir(path.join(cwd, "deploy-result")), ["plan.json", "plan.txt"]);
        const applied = await runGitlab("templates/ci/gitlab-deploy.yml", "apply");
        assert.equal(applied.code, 0, applied.output);
        assert.equal(await foundRole(), "restrictions-editor");
        const again = await runGitlab("templates/ci/gitlab-deploy.yml", "apply");
        assert.equal(again.code, 3, again.output);
        assert.match(again.output, /Something moved since the plan was made/);
    });

    it("a nightly look for drift is one issue at GitHub, and a failed job at GitLab", async () => {
        const store = path.join(folder, "issues.json");
        const foreign = { number: 1, title: "Drift of production", creator: "jane", state: "open", body: "mine" };
        await writeFile(store, JSON.stringify([foreign]));
        const run = async () => {
            const { steps } = await runWorkflow("templates/ci/github-drift.yml", {
                cwd,
                folder,
                env: { ...env, ISSUES: store, GITHUB_REPOSITORY: "agency/sites" },
                expressions,
            });
            assert.equal(steps.Issue?.code, 0, JSON.stringify(steps));
            const [first, ...others] = JSON.parse(await readFile(store, "utf8"));
            assert.deepEqual(first, foreign, "a person's issue is theirs");
            return others;
        };
        assert.deepEqual(await run(), [], "nothing drifted");
        assert.equal((await runGitlab("templates/ci/gitlab-drift.yml", "drift")).code, 0);

        await setRole("admin");
        const [opened, ...more] = await run();
        assert.deepEqual([opened.title, opened.state, more], ["Drift of production", "open", []]);
        assert.match(opened.body, /^ {4}.*role: "restrictions-editor" -> "admin"\n {4}.*by Olga Owner/m);
        await setRole("state");
        const updated = await run();
        assert.equal(updated.length, 1);
        assert.match(updated[0].body, /"restrictions-editor" -> "state"/);
        const job = await runGitlab("templates/ci/gitlab-drift.yml", "drift");
        assert.equal(job.code, 2, job.output);
        assert.match(job.output, /"restrictions-editor" -> "state"/);

        await setRole("restrictions-editor");
        assert.deepEqual(
            (await run()).map(({ state }: { state: string }) => state),
            ["closed"],
        );
    });
});
