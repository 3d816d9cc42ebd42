import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";

export interface StepRun {
    code: number;
    output: string;
}

interface WorkflowStep {
    name?: string;
    id?: string;
    uses?: string;
    run?: string;
    env?: Record<string, string>;
}

interface Workflow {
    env: Record<string, string>;
    jobs: Record<string, { steps: WorkflowStep[] }>;
}

/** Puts commands into a folder that goes before the others on the PATH. */
export async function writeCommands(folder: string, commands: Readonly<Record<string, string>>): Promise<void> {
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(commands)) {
        await writeFile(path.join(folder, name), text);
        await chmod(path.join(folder, name), 0o755);
    }
}

/** A script as the runners start it. */
export function runBash(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<StepRun> {
    return new Promise((resolve) => {
        execFile(
            "bash",
            ["--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            { cwd, env, maxBuffer: 64 * 1024 * 1024 },
            (error, stdout, stderr) =>
                resolve({
                    code: typeof error?.code === "number" ? error.code : error === null ? 0 : 1,
                    output: stdout + stderr,
                }),
        );
    });
}

/** Fills `${{ ... }}` with the values of a test; an expression without a value is an error. */
function fill(text: string, expressions: Readonly<Record<string, string>>): string {
    return String(text).replaceAll(/\$\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => {
        const value = expressions[expression];
        if (value === undefined) throw new Error(`the test does not say what ${expression} is`);
        return value;
    });
}

export interface WorkflowRun {
    /** By the name of the step. A step after one that failed does not run. */
    steps: Record<string, StepRun>;
    outputs: Record<string, string>;
    summary: string;
}

/**
 * Runs the steps of a GitHub workflow that are scripts, one after the other. Scripts themselves may hold no expression.
 */
export async function runWorkflow(
    file: string,
    {
        cwd,
        folder,
        env,
        expressions,
        job: wanted,
    }: {
        cwd: string;
        folder: string;
        env: NodeJS.ProcessEnv;
        expressions: Readonly<Record<string, string>>;
        /** Default: the first. */
        job?: string;
    },
): Promise<WorkflowRun> {
    const workflow = parse(await readFile(file, "utf8")) as Workflow;
    const job = wanted === undefined ? Object.values(workflow.jobs)[0] : workflow.jobs[wanted];
    const [output, summary, added] = ["output", "summary", "path"].map((name) =>
        path.join(folder, `github-${name}`),
    ) as [string, string, string];
    for (const each of [output, summary, added]) await writeFile(each, "");
    const steps: WorkflowRun["steps"] = {};
    const known: Record<string, string> = { ...expressions };
    const outputs: Record<string, string> = {};
    for (const { name = "", id, run, env: own = {} } of job?.steps ?? []) {
        if (run === undefined) continue;
        if (run.includes("${{"))
            throw new Error(`the script of ${name} has an expression in it: others' words could run`);
        const variables = Object.fromEntries(Object.entries(own).map(([key, value]) => [key, fill(value, known)]));
        const files = { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, GITHUB_PATH: added };
        const result = await runBash(run, cwd, { ...env, ...workflow.env, ...variables, ...files });
        steps[name] = result;
        for (const [, key = "", value = ""] of (await readFile(output, "utf8")).matchAll(/^(\w+)=(.*)$/gm)) {
            outputs[key] = value;
            known[`steps.${id}.outputs.${key}`] = value;
        }
        if (result.code !== 0) break;
    }
    return { steps, outputs, summary: await readFile(summary, "utf8") };
}

/** The command `gh`, as far as the workflow uses it, over the comments in the file that `COMMENTS` names. */
export const ghCommand = `#!/usr/bin/env node
const { readFileSync, writeFileSync } = require("node:fs");
if (process.env.GH_TOKEN !== "gh-token-1") throw new Error("no token");
const store = JSON.parse(readFileSync(process.env.COMMENTS, "utf8"));
const [, ...args] = process.argv.slice(2);
const after = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const method = after("--method") ?? "GET";
const field = after("--field");
const address = args.find((each) => each.startsWith("repos/"));
const id = Number(/comments\\/(\\d+)$/.exec(address)?.[1]);
const body = field && readFileSync(field.replace(/^body=@/, ""), "utf8");
if (body !== undefined && body.length > 65536) throw new Error("Body is too long");
store.log.push(method + " " + address.replace(/\\?.*/, ""));
if (method === "GET") {
    if (!after("--jq").includes('select(.user.login == "github-actions[bot]")')) throw new Error("not filtered");
    for (const each of store.comments.filter(({ login }) => login === "github-actions[bot]")) console.log(each.id + " " + each.body.split("\\n")[0]);
} else if (method === "POST") store.comments.push({ id: 100 + store.log.length, login: "github-actions[bot]", body });
else if (method === "PATCH") store.comments.find((each) => each.id === id).body = body;
else store.comments = store.comments.filter((each) => each.id !== id);
writeFileSync(process.env.COMMENTS, JSON.stringify(store));
`;

/** The command `gh`, as far as the nightly workflow uses it, over the issues in the file that `ISSUES` names. */
export const ghIssues = `#!/usr/bin/env node
const { readFileSync, writeFileSync } = require("node:fs");
if (process.env.GH_TOKEN !== "gh-token-1") throw new Error("no token");
const args = process.argv.slice(2);
const after = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const fields = Object.fromEntries(
    args.flatMap((each, index) => (/^--(raw-)?field$/.test(each) ? [args[index + 1].split(/=(.*)/s).slice(0, 2)] : [])),
);
if (fields.body !== undefined) fields.body = readFileSync(fields.body.replace(/^@/, ""), "utf8");
const issues = JSON.parse(readFileSync(process.env.ISSUES, "utf8"));
const address = args.find((each) => each.startsWith("repos/agency/sites/issues"));
const method = after("--method") ?? "GET";
if (method === "GET") {
    if (!address.includes("state=open&creator=github-actions%5Bbot%5D")) throw new Error("not filtered");
    const title = /title == "(.*?)"/.exec(after("--jq"))[1];
    const isOurs = (each) => each.state === "open" && each.creator === "github-actions[bot]" && each.title === title;
    for (const { number } of issues.filter(isOurs)) console.log(number);
} else if (method === "POST") issues.push({ number: issues.length + 1, creator: "github-actions[bot]", state: "open", ...fields });
else Object.assign(issues.find(({ number }) => number === Number(/issues\\/(\\d+)$/.exec(address)[1])), fields);
writeFileSync(process.env.ISSUES, JSON.stringify(issues));
`;
