import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import {
    type EngineEvent,
    LocalWorkspace,
    type ProjectSettings,
    PulumiCommand,
    type PulumiFn,
    type Stack,
} from "@pulumi/pulumi/automation";
import { type ResourceKind, resourceTypeOf } from "pulumi-section/internal";

const repository = path.resolve(".");

/** The gRPC options by which programs in this process reach the engine. */
export const { grpcClientOptions: clientOptions } = require("@pulumi/pulumi/runtime/settings") as {
    grpcClientOptions: Record<string, unknown>;
};
// the SDK leaves the channels of such programs open, and channels to one address share a connection: an engine that
// gets the port of an earlier one could not be reached
clientOptions["grpc.use_local_subchannel_pool"] = 1;

let engine: Promise<string> | undefined;

/** The folder of the engine that `npm test` made sure of. */
export function engineFolder(): Promise<string> {
    engine ??= import(path.join(repository, "tools/pulumi/find-engine.mjs")).then(
        (tool: { findEngine(): Promise<string> }) => tool.findEngine(),
    );
    return engine;
}

/** Numbers of operations of one run, by kind. */
export type Changes = Partial<Record<"create" | "update" | "delete" | "replace" | "same" | "read" | "discard", number>>;

export interface TestStack {
    /** Applies; unless `empty: false`, the next preview has to be empty. */
    up(options?: {
        empty?: boolean;
        program?: PulumiFn;
        parallel?: number;
        /** Names of resources to replace, whether they change or not. */
        replace?: readonly string[];
        /** Names of the only resources to touch. The harness does not know this option. */
        target?: readonly string[];
    }): Promise<{ changes: Changes; outputs: Record<string, unknown>; stdout: string }>;
    preview(options?: {
        diff?: boolean;
        /** Prints the document that `pulumi-section review` reads. The harness does not know this option. */
        json?: boolean;
    }): Promise<{ changes: Changes; stdout: string }>;
    refresh(): Promise<{ changes: Changes; stdout: string }>;
    destroy(): Promise<{ changes: Changes; stdout: string }>;
    setConfig(key: string, value: string, secret?: boolean): Promise<void>;
    setProgram(program: PulumiFn): void;
    setEnvironment(environment: Record<string, string>): void;
    /** The text of the whole state file. */
    state(): Promise<string>;
}

/** A stack that the engine itself runs. */
export interface EngineStack extends TestStack {
    readonly automation: Stack;
}

export interface StackOptions {
    folder: string;
    program: PulumiFn;
    name?: string;
    environment: Record<string, string>;
}

/** The environment of the engine below a folder: offline, quiet, its state in that folder. */
export async function engineVariables(folder: string): Promise<Record<string, string>> {
    const tool = (await import(path.join(repository, "tools/pulumi/find-engine.mjs"))) as {
        engineEnvironment(bin: string, folder: string, passphrase: string): Record<string, string>;
    };
    await mkdir(path.join(folder, "pulumi-state"), { recursive: true });
    const quiet = { PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true", SECTION_RESOLVER: "none" };
    return { ...tool.engineEnvironment(await engineFolder(), folder, "a passphrase for tests"), ...quiet };
}

/** The file of a stack's state below a folder. */
export function stateFile(folder: string, name: string): string {
    return path.join(folder, "pulumi-state", ".pulumi", "stacks", "story", `${name}.json`);
}

let command: Promise<PulumiCommand> | undefined;

/** The engine's command for the automation API, asked for its version once. */
async function engineCommand(): Promise<PulumiCommand> {
    command ??= engineFolder().then((bin) => PulumiCommand.get({ root: path.dirname(bin) }));
    return command;
}

/** The outputs of the stack as its state file has them; secret ones are sealed. */
export function outputsOf(state: string): Record<string, unknown> {
    const { resources = [] } = JSON.parse(state).checkpoint.latest as {
        resources?: { type: string; outputs?: Record<string, unknown> }[];
    };
    return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
}

/**
 * Lets operations of a stack end with the engine. After each the automation API starts the engine thrice more to ask
 * for outputs and history, which takes as long as the operation; both are in the state file and in the engine's events.
 */
function askNothingAfterwards(automation: Stack): void {
    automation.outputs = async () => ({});
    automation.info = async () => undefined;
}

/** Runs an operation to its end. Resolves with the engine's counts and all its output. */
async function operate(
    run: (onEvent: (event: EngineEvent) => void) => Promise<{ stdout: string; stderr: string }>,
): Promise<{ changes: Changes; stdout: string }> {
    let changes: Changes = {};
    const { stdout, stderr } = await run(({ summaryEvent }) => {
        if (summaryEvent !== undefined) changes = summaryEvent.resourceChanges as Changes;
    }).catch(explain);
    return { changes, stdout: stdout + stderr };
}

/** Fails unless the preview after an `up` has nothing to do. */
export async function assertSettled(stack: TestStack): Promise<void> {
    const { changes, stdout } = await stack.preview({ diff: true });
    const isNothing = Object.entries(changes).every(
        ([kind, count]) => kind === "same" || kind === "read" || count === 0,
    );
    assert.ok(isNothing, `the preview after an up is not empty: ${JSON.stringify(changes)}\n${stdout}`);
}

/**
 * True where stories go through the plugin: SECTION_TEST_WAY=plugin. Their programs and their expectations are the same
 * for both ways.
 */
export const isPluginWay = process.env.SECTION_TEST_WAY === "plugin";

/** The engine's type of a kind of resources, on the way that stories go. */
export const typeHere = (kind: ResourceKind) => resourceTypeOf(kind, isPluginWay ? "plugin" : "dynamic");

/** With the setting that the SDK's type lacks. */
const projectSettings: ProjectSettings = Object.assign(
    { name: "story", runtime: "nodejs" as const, main: repository },
    { plugins: { providers: [{ name: "section", path: path.join(repository, "plugin") }] } },
);

/** A stack of the real engine with a program written in the test. */
export async function openStack({ folder, program, name = "test", environment }: StackOptions): Promise<EngineStack> {
    const variables = { ...(await engineVariables(folder)), ...environment };
    // the engine is started by name, so the process itself has to find it too
    process.env.PATH = variables.PATH;
    // asking for one that may not be there starts the engine twice
    const isThere = existsSync(stateFile(folder, name));
    const automation = await LocalWorkspace[isThere ? "selectStack" : "createStack"](
        { stackName: name, projectName: "story", program },
        {
            envVars: variables,
            pulumiCommand: await engineCommand(),
            workDir: await workFolder(folder),
            projectSettings,
        },
    );
    if (isPluginWay) await automation.setConfig("section:plugin", { value: "true" });
    askNothingAfterwards(automation);
    let current = program;
    const state = () => readFile(stateFile(folder, name), "utf8");
    const stack: EngineStack = {
        automation,
        up: async ({ empty = true, program: next, parallel, replace, target } = {}) => {
            if (next !== undefined) current = next;
            const urnsOf = (names?: readonly string[]) =>
                names?.map((each) => `urn:pulumi:${name}::story::**::${each}`);
            const only = { replace: urnsOf(replace), target: urnsOf(target) };
            const done = await operate((onEvent) => automation.up({ program: current, parallel, ...only, onEvent }));
            if (empty) await assertSettled(stack);
            return { ...done, outputs: outputsOf(await state()) };
        },
        preview: async ({ diff = false, json = false } = {}) => {
            const { workspace } = automation;
            const usual = workspace.envVars;
            if (json) workspace.envVars = { ...usual, PULUMI_OPTION_JSON: "true", PULUMI_OPTION_SHOW_SAMES: "true" };
            try {
                const { changeSummary, stdout, stderr } = await automation
                    .preview({ program: current, diff })
                    .catch(explain);
                return { changes: changeSummary as Changes, stdout: json ? stdout : stdout + stderr };
            } finally {
                workspace.envVars = usual;
            }
        },
        refresh: () => operate((onEvent) => automation.refresh({ onEvent })),
        destroy: () => operate((onEvent) => automation.destroy({ onEvent })),
        setConfig: (key, value, secret = false) => automation.setConfig(key, { value, secret }),
        setProgram: (next) => {
            current = next;
        },
        setEnvironment: (next) => (automation.workspace.envVars = { ...automation.workspace.envVars, ...next }),
        state,
    };
    return stack;
}

async function workFolder(folder: string): Promise<string> {
    const work = path.join(folder, "work");
    await mkdir(work, { recursive: true });
    return work;
}

/** The engine's own words instead of the command that said them. */
function explain(error: Error): never {
    throw new Error(error.message.replaceAll(/\u001b\[[0-9;]*m/g, ""), { cause: error });
}
