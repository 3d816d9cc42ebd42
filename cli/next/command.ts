import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { columnLines, findSettings } from "pulumi-section/internal";
import { isProblem, type Problem } from "section-model";
import { runEngine } from "../engine/engine";
import { readStackConfig } from "../engine/stack-config";
import { colour } from "../terminal/colour";
import { withoutErrorMark } from "../terminal/error-mark";
import { withProgress } from "../terminal/progress";

/** The setup of a person who begins. */
export interface Standing {
    endpoint: string | null;
    /** The token itself is shown nowhere. */
    hasToken: boolean;
    /** The folder of the Pulumi project in or around the working directory. */
    project: string | null;
    /** The one that is selected there. */
    stack: string | null;
    /** While none is selected: those whose settings are in the folder of the project. */
    stacksWithSettings: string[];
    /** Faults of a setting, or of the engine. */
    notes: string[];
}

interface Step {
    command: string;
    about: string;
}

function findProject(folder: string): string | undefined {
    if (["Pulumi.yaml", "Pulumi.yml"].some((name) => existsSync(path.join(folder, name)))) return folder;
    const parent = path.dirname(folder);
    return parent === folder ? undefined : findProject(parent);
}

/** The stacks that have a file of settings, such as `Pulumi.dev.yaml`. */
function listStacksWithSettings(project: string): string[] {
    return readdirSync(project).flatMap((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? []);
}

const onlyProblems = (error: unknown): Problem => {
    if (isProblem(error)) return error;
    throw error;
};

async function findStack(cwd: string, notes: string[]): Promise<string | undefined> {
    const answer = await runEngine(["stack", "ls", "--json"], { cwd }).catch(onlyProblems);
    if (answer instanceof Error) notes.push(answer.message);
    else if (answer.code !== 0)
        notes.push(`pulumi cannot list stacks: ${withoutErrorMark(answer.stderr).split("\n")[0]}`);
    else
        return (JSON.parse(answer.stdout) as { name: string; current: boolean }[]).find(({ current }) => current)?.name;
    return undefined;
}

/** Reads the settings and the folder. Asks only the engine, and only where there is a project. */
export async function findStanding(cwd: string): Promise<Standing> {
    const notes: string[] = [];
    const project = findProject(cwd);
    const stack = project === undefined ? undefined : await findStack(cwd, notes);
    const stacksWithSettings = project === undefined || stack !== undefined ? [] : listStacksWithSettings(project);
    const inEnvironment = findSettings(undefined);
    const isWhole = inEnvironment.endpoint !== undefined && inEnvironment.hasToken;
    const found = isWhole || stack === undefined ? inEnvironment : findSettings(await readStackConfig({ cwd }));
    if (found.wrong !== undefined) notes.push(found.wrong);
    return {
        endpoint: found.endpoint ?? null,
        hasToken: found.hasToken,
        project: project ?? null,
        stack: stack ?? null,
        stacksWithSettings,
        notes,
    };
}

/** The next steps, the most useful first. */
function stepsOf({ endpoint, hasToken, project, stack, stacksWithSettings }: Standing): Step[] {
    if (stacksWithSettings.length > 0) {
        return [
            ...stacksWithSettings.sort().map((name) => ({
                command: `pulumi stack select ${name}`,
                about: `its settings are in Pulumi.${name}.yaml; add --create if your backend does not have it`,
            })),
            { command: "pulumi-section", about: "what comes next in this stack" },
        ];
    }
    if (endpoint === null || !hasToken) {
        return [
            { command: "export SECTION_ENDPOINT=https://ENDPOINT", about: "where the platform is" },
            { command: "export SECTION_TOKEN_FILE=FILE", about: "a file with an API token, which only you can read" },
            { command: "pulumi-section whoami", about: "whether both work" },
        ];
    }
    const whoami = { command: "pulumi-section whoami", about: "whether endpoint and token work, and what may be done" };
    if (project === null) {
        return [
            whoami,
            { command: "pulumi-section estate", about: "every site that there is, and which of them are live" },
            {
                command: "pulumi-section export estate",
                about: "a program of what exists, in the new folder estate; changes nothing",
            },
            {
                command: "pulumi-section adopt estate",
                about: "take this program into a stack, and prove that it changes nothing",
            },
        ];
    }
    if (stack === null) {
        return [
            { command: "pulumi stack init production", about: "a first stack of this project" },
            { command: "pulumi stack select", about: "or select a stack that exists" },
            whoami,
        ];
    }
    return [
        { command: "pulumi-section drift", about: "what somebody changed by hand, and who" },
        { command: "pulumi-section review", about: "what the program would change, by client and site, risks first" },
        { command: "pulumi-section up", about: "apply it; pulumi-section waves applies it to a few sites at a time" },
        { command: "pulumi-section estate", about: "every site that there is, and which of them are live" },
    ];
}

function textOf(standing: Standing, steps: readonly Step[]): string {
    const { endpoint, hasToken, project, stack, notes } = standing;
    const rows = [
        ["endpoint", endpoint ?? "not set"],
        ["token", hasToken ? "set" : "not set"],
        ["project", project ?? "none in this folder"],
        ["stack", stack ?? "none is selected"],
    ];
    return [
        "pulumi-section works beside Pulumi on an agency's sites on the Section platform: it shows them, takes them over, finds drift.",
        "",
        ...columnLines(rows).map((line) => `  ${line}`),
        ...notes.map((note) => `  ${note}`),
        "",
        "Next:",
        ...columnLines(steps.map(({ command, about }) => [command, about])).map((line) => `  ${line}`),
        "",
        `${colour("name", "pulumi-section --help")} lists every command.`,
    ].join("\n");
}

/** `pulumi-section next`, and `pulumi-section` without a command. */
export function addCommand(program: Command): void {
    program
        .command("next")
        .description(
            "show what is set up here, and which commands make sense next; the same as pulumi-section without a command",
        )
        .option("--json", "the answer as one JSON document")
        .addHelpText(
            "after",
            `
Examples:
  $ pulumi-section
  $ pulumi-section next --json`,
        )
        .action(async ({ json }: { json?: boolean }) => {
            const standing = await withProgress("asking pulumi", () => findStanding(process.cwd()));
            const steps = stepsOf(standing);
            process.stdout.write(
                `${json ? JSON.stringify({ ...standing, next: steps }, undefined, 4) : textOf(standing, steps)}\n`,
            );
        });
}
