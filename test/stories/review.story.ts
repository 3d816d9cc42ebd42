import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { checkReportPage } from "../support/browser";
import { ghCommand, runBash, runWorkflow, writeCommands } from "../support/ci";
import { startDns } from "../support/dns";
import { startNotes } from "../support/gitlab";
import { type RunningPlatform, startPlatform } from "../support/platform";
import { mustPulumi, type PulumiOptions } from "../support/pulumi";
import { engineVariables, stateFile } from "../support/stack";

type Edits = readonly (readonly [file: string, from: string, to: string])[];

const secrets = ["first-Secret-1", "second-Secret-2"] as const;

/** The edits of the pull request in docs/review.md. */
const pullRequest: Edits = [
    ["proxy/varnish/default.vcl", "grace = 1h", "grace = 6h"],
    ["museum/varnish/default.vcl", "grace = 10s", "grace = 20s"],
    ["clients.yaml", "          - hostname: old.acme.example\n            origin: 192.0.2.11\n", ""],
    ["clients.yaml", "joe@acme.example: readonly", "joe@acme.example: admin"],
    ["clients.yaml", "192.0.2.70", "192.0.2.170"],
    ["index.ts", "shop.studio.example", "store.studio.example"],
    ["index.ts", '"joe@acme.example": "readonly"', '"ada@agency.example": { role: "state", until: "2099-06-30" }'],
];

describe("a review", () => {
    let dns: Awaited<ReturnType<typeof startDns>>;
    let platform: RunningPlatform;
    let folder: string;
    let cwd: string;
    let options: PulumiOptions;
    let env: NodeJS.ProcessEnv;

    const restore = async () => {
        for (const name of await readdir("examples/review")) {
            await rm(path.join(cwd, name), { recursive: true, force: true });
            await cp(path.join("examples/review", name), path.join(cwd, name), { recursive: true });
        }
    };
    const change = async (edits: Edits) => {
        for (const [file, from, to] of edits) {
            const text = await readFile(path.join(cwd, file), "utf8");
            assert.ok(text.includes(from), `${file} has no ${from}`);
            await writeFile(path.join(cwd, file), text.replace(from, to));
        }
    };
    const setPassword = (password: string) => mustPulumi(["config", "set", "--secret", "password", password], options);

    before(async () => {
        // what is to go is verified: it has to hear that nobody serves it yet
        dns = await startDns(new Map());
        platform = await startPlatform({ dnsServers: [dns.address] });
        folder = await mkdtemp(path.join(tmpdir(), "section-review-"));
        cwd = path.join(folder, "program");
        await cp("examples/review", cwd, { recursive: true });
        await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
        await writeFile(path.join(cwd, "package.json"), '{ "name": "review", "private": true }\n');
        const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
        options = { cwd, folder, environment };
        const variables = await engineVariables(folder);
        const bins = [path.join(folder, "bin"), path.resolve("node_modules/.bin"), variables.PATH];
        env = { ...process.env, ...variables, NO_COLOR: "1", ...environment, PATH: bins.join(path.delimiter) };
        await mustPulumi(["stack", "init", "production"], options);
        await setPassword(secrets[0]);
        await mustPulumi(["up", "--yes", "--skip-preview"], options);
    });
    beforeEach(restore);
    afterEach(() => setPassword(secrets[0]));
    after(async () => {
        await rm(folder, { recursive: true, force: true });
        await platform.close();
        dns.close();
    });

    it("says what docs/review.md shows, the same each time, and no secret in any form; and why the engine refuses", async () => {
        const run = (script: string) => runBash(script, cwd, env);
        await change(pullRequest);
        await setPassword(secrets[1]);
        const file = stateFile(folder, "production").replace("/story/", "/review/");
        const state = await readFile(file, "utf8");
        assert.equal((await run("pulumi preview --json --show-sames > preview.json")).code, 0);
        assert.equal(await readFile(file, "utf8"), state, "the state is as it was");
        const first = await run("pulumi-section review preview.json 2> words");
        assert.equal(first.code, 3);
        const page = await readFile("docs/review.md", "utf8");
        const shown = /^````markdown\n(.*?)^````$/ms.exec(page)?.[1];
        const steady = (text = "") => text.replaceAll(/organization \d+/g, "organization N"); // the engine makes them in any order
        assert.equal(steady(first.output), steady(shown), "docs/review.md shows something else");
        assert.equal((await run("pulumi-section review - < preview.json 2> words")).output, first.output);

        assert.equal((await run("pulumi-section review --out review")).code, 3, "it runs the preview itself");
        assert.deepEqual(await readdir(path.join(cwd, "review")), ["review-1.md", "review.html", "review.json"]);
        const texts = await Promise.all(
            ["review-1.md", "review.html", "review.json"].map((name) =>
                readFile(path.join(cwd, "review", name), "utf8"),
            ),
        );
        assert.equal(texts[0], first.output, "another run of the engine, the same bytes");
        for (const text of texts) {
            for (const secret of secrets) assert.ok(!text.includes(secret), "a secret is shown");
            assert.match(text, /varnish\/visitors\.vcl/);
        }
        assert.equal(JSON.parse(texts[2] as string).verdict, "risky");

        await checkReportPage("review", texts[1] as string);

        await change([["index.ts", '"olga@agency.example": "admin", "ada', '"olga@agency.example": "readonly", "ada']]);
        const refused = await run("pulumi-section review 2> words");
        assert.equal(refused.code, 1, refused.output);
        assert.match(refused.output, /### Failed: this cannot be applied\n\n- `studio-team`: .*members/);
    });

    it("counts a preview that the platform did not answer as the risk unchecked", async () => {
        await change([["clients.yaml", "192.0.2.70", "192.0.2.170"]]);
        const down = { ...env, SECTION_ENDPOINT: "http://127.0.0.1:9" };
        const unchecked = await runBash("pulumi-section review 2> words", cwd, down);
        assert.equal(unchecked.code, 3, unchecked.output);
        assert.match(
            unchecked.output,
            /The preview is not checked with the platform: .*\. http:\/\/127\.0\.0\.1:9, from SECTION_ENDPOINT, cannot be reached/,
        );
        const inPipeline = await runBash("pulumi-section review 2> words", cwd, { ...down, CI: "true" });
        assert.equal(inPipeline.code, 1, inPipeline.output);
        assert.match(inPipeline.output, /set section:requirePlatform to false/);
    });

    it("is one comment on a pull request, kept up to date by templates/ci/github-review.yml", async () => {
        const store = path.join(folder, "comments.json");
        const marker = "<!-- pulumi-section review of production -->";
        const person = { id: 1, login: "jane", body: `${marker}\nquoted by a person` };
        await writeFile(store, JSON.stringify({ comments: [person], log: [] }));
        await writeCommands(path.join(folder, "bin"), { gh: ghCommand, npm: "#!/bin/sh\necho npm $*\n" });
        const expressions = (isAccepted: boolean) => ({
            "vars.SECTION_ENDPOINT": platform.url,
            "secrets.SECTION_TOKEN": platform.token,
            "vars.PULUMI_BACKEND_URL": String(env.PULUMI_BACKEND_URL),
            "secrets.PULUMI_ACCESS_TOKEN": "",
            "secrets.PULUMI_CONFIG_PASSPHRASE": String(env.PULUMI_CONFIG_PASSPHRASE),
            "github.token": "gh-token-1",
            "github.event.pull_request.number": "12",
            "contains(github.event.pull_request.labels.*.name, 'risks accepted')": String(isAccepted),
        });
        const run = async (isAccepted = false) => {
            const ran = await runWorkflow("templates/ci/github-review.yml", {
                cwd,
                folder,
                env: { ...env, COMMENTS: store, GITHUB_REPOSITORY: "agency/sites" },
                expressions: expressions(isAccepted),
            });
            const { comments, log } = JSON.parse(await readFile(store, "utf8"));
            await writeFile(store, JSON.stringify({ comments, log: [] }));
            assert.deepEqual(comments[0], person, "a person's comment is theirs");
            const bodies: string[] = comments.slice(1).map(({ body }: { body: string }) => body);
            for (const body of bodies)
                assert.ok(
                    body.startsWith(`${marker}\n## production: `) ||
                        body === `${marker}\nproduction: nothing changes.\n`,
                    body,
                );
            const verdict = ran.steps.Verdict?.code;
            return { ...ran, bodies, verdict, deeds: log.map((line: string) => line.split(" ")[0]) };
        };

        // a comment may have 65,536 characters
        const robots = path.join(cwd, "museum/varnish/robots.txt");
        await change(pullRequest);
        await writeFile(
            robots,
            Array.from({ length: 2400 }, (_, line) => `Disallow: /${line}${"x".repeat(40)}\n`).join(""),
        );
        const long = await run(true);
        assert.deepEqual(
            [long.outputs.code, long.verdict],
            ["3", 0],
            `the label is an acceptance: ${JSON.stringify(long.steps)}`,
        );
        assert.ok(long.bodies.length > 1, `${long.bodies.length} comments`);
        assert.deepEqual(long.deeds, ["GET", ...long.bodies.map(() => "POST")]);
        for (const [index, body] of long.bodies.entries())
            assert.match(body, new RegExp(`, part ${index + 1} of ${long.bodies.length}\n`));
        console.log(
            `      ${long.bodies.length} comments of ${long.bodies.map(({ length }) => length).join(", ")} characters`,
        );

        await rm(robots);
        const short = await run();
        assert.deepEqual([short.outputs.code, short.verdict], ["3", 1]);
        assert.deepEqual(short.deeds, ["GET", "PATCH", ...long.bodies.slice(1).map(() => "DELETE")]);
        assert.match(short.bodies.join(), /joe&#64;acme\.example becomes admin of Acme/);
        assert.match(short.summary, /becomes admin/);

        await restore();
        const over = await run();
        assert.deepEqual([over.outputs.code, over.verdict], ["0", 0]);
        assert.deepEqual(over.deeds, ["GET", "PATCH"]);
        assert.deepEqual(over.bodies, [`${marker}\nproduction: nothing changes.\n`]);
    });

    it("is one note on a merge request, kept up to date by templates/ci/gitlab-review.yml, whose token is in no argument", async () => {
        const token = "glpat-token-of-the-test";
        const gitlab = await startNotes(token, 150);
        const args = path.join(folder, "curl-arguments");
        const curl = execFileSync("which", ["curl"], { encoding: "utf8" }).trim();
        await writeCommands(path.join(folder, "bin"), {
            curl: `#!/bin/sh\necho "$@" >> ${args}\nexec ${curl} "$@"\n`,
            npm: "#!/bin/sh\necho npm $*\n",
        });
        const { review: job } = parse(await readFile("templates/ci/gitlab-review.yml", "utf8")) as {
            review: { variables: Record<string, string>; before_script: string[]; script: string[] };
        };
        const place = { CI_API_V4_URL: gitlab.url, CI_PROJECT_ID: "5", CI_MERGE_REQUEST_IID: "9", REVIEW_TOKEN: token };
        const run = () =>
            runBash([...job.before_script, ...job.script].join("\n"), cwd, { ...env, ...job.variables, ...place });
        try {
            const quiet = await run();
            assert.deepEqual([quiet.code, gitlab.log], [0, []], quiet.output);
            assert.deepEqual(await readdir(path.join(cwd, "review-result")), ["review.json"], "nothing to read");
            await change(pullRequest);
            const posted = await run();
            assert.deepEqual([posted.code, gitlab.log], [3, ["POST note"]], posted.output);
            assert.match(
                gitlab.notes.at(-1)?.body ?? "",
                /^<!-- pulumi-section review of production -->\n## production: 4 risks/,
            );
            await restore();
            assert.equal((await run()).code, 0);
            assert.deepEqual(gitlab.log, ["POST note", "PUT 1150"]);
            assert.equal(
                gitlab.notes.at(-1)?.body,
                "<!-- pulumi-section review of production -->\nproduction: nothing changes.\n",
            );
            const calls = (await readFile(args, "utf8")).trim().split("\n");
            assert.ok(
                calls.length >= 11 && !calls.some((call) => call.includes(token)),
                `${calls.length} calls of curl`,
            );
            console.log(`      ${calls.length} calls of curl`);
        } finally {
            await gitlab.close();
        }
    });
});
