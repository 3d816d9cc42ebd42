import type { PulumiFn } from "@pulumi/pulumi/automation";
import {
    assertSettled,
    type Changes,
    isPluginWay,
    openStack as openEngineStack,
    outputsOf,
    type StackOptions,
    type TestStack,
} from "../support/stack";
import { removeTheRest } from "./deletes";
import { type Config, deploy, openDeployment } from "./deployment";
import { differenceOf } from "./display";
import { type Monitor, startMonitor } from "./monitor";
import { beginOperation, type Operation, resultOf } from "./operation";
import { openProviders } from "./providers";
import { refreshAll } from "./refresh";
import { type ResourceState, writeState } from "./resource-state";
import type { Setting } from "./run-program";
import { nameOf, type Project, typeOf } from "./urns";

const usualParallel = 8;

interface Asked {
    project: Project;
    environment: Record<string, string>;
    config: Config;
    resources: readonly ResourceState[];
    kind: "up" | "preview" | "refresh" | "destroy";
    program: PulumiFn;
    parallel: number;
    diff: boolean;
    /** Names of resources to replace, whether they change or not. */
    replace: readonly string[];
    isHere: boolean;
    /** Resolves when the operation and its providers are to be killed. */
    killed: Promise<void>;
}

interface Done {
    changes: Changes;
    stdout: string;
    resources: ResourceState[];
    isFailed: boolean;
}

/** One operation, with processes of its own. */
async function operate({
    project,
    environment,
    config,
    kind,
    program,
    parallel,
    diff,
    replace,
    isHere,
    killed,
    ...asked
}: Asked): Promise<Done> {
    const lines: string[] = [];
    const say = (text: string) => void lines.push(...text.split("\n").map((line) => `    ${line}`));
    const olds = structuredClone(asked.resources);
    const isPreview = kind === "preview";
    let monitor: Monitor | undefined;
    const engine = () => monitor?.address ?? "";
    const providers = openProviders({ isHere, environment, engine, isPreview, olds, say });
    const operation: Operation = beginOperation({ isPreview, olds, providers, parallel, say });
    const describe = (done: string, { urn, inputs }: ResourceState, before: ResourceState["inputs"]) => {
        say(`${done} ${typeOf(urn)} ${nameOf(urn)}`);
        if (diff) for (const line of differenceOf(before, inputs)) say(line);
    };
    const { listener, settle } = openDeployment({ operation, project, config, replace, describe });
    const started = await startMonitor(listener);
    monitor = started;
    const carryOut = async () => {
        if (kind === "refresh") await refreshAll(operation);
        else if (kind === "destroy") await removeTheRest(operation);
        else await deploy({ operation, settle, program, project, config, parallel, monitor: started.address });
    };
    let wasKilled = false;
    try {
        const done = carryOut();
        await Promise.race([
            done,
            killed.then(() => {
                wasKilled = true;
                done.catch(() => {});
            }),
        ]);
    } finally {
        await (wasKilled ? providers.kill() : providers.stop());
        started.close();
    }
    // the state of a killed operation has the steps that were complete
    const resources = isPreview ? [...asked.resources] : resultOf(operation);
    if (wasKilled) operation.fail(new Error("killed"));
    return { changes: operation.changes, stdout: lines.join("\n"), resources, isFailed: operation.isOver };
}

/** A stack that this process runs. */
export interface HarnessStack extends TestStack {
    /** Ends the running operation as kill -9 of the engine does. Its providers have to be processes. */
    kill(): void;
    /** Lets the providers of the next operations run in this process, or in processes as with the engine. */
    runProviders(where: "here" | "in processes"): void;
}

/** A stack whose operations this process runs: the real program, the real provider process, and no engine. */
export async function openHarnessStack({
    program,
    name = "test",
    environment,
}: Omit<StackOptions, "folder">): Promise<HarnessStack> {
    const project = { name: "story", stack: name };
    const config = new Map<string, Setting>(isPluginWay ? [["section:plugin", { value: "true", secret: false }]] : []);
    let variables: Record<string, string> = { SECTION_RESOLVER: "none", ...environment };
    let current = program;
    let resources: ResourceState[] = [];
    let isHere = false;
    let kill = () => {};
    const run = async (
        kind: Asked["kind"],
        { parallel = usualParallel, diff = false, replace = [] }: Partial<Asked> = {},
    ) => {
        const killed = new Promise<void>((resolve) => {
            kill = resolve;
        });
        const known = { project, environment: variables, config, resources, isHere, killed };
        const done = await operate({ ...known, kind, program: current, parallel, diff, replace });
        resources = done.resources;
        if (done.isFailed) throw new Error(done.stdout);
        return { changes: done.changes, stdout: done.stdout };
    };
    const stack: HarnessStack = {
        up: async ({ empty = true, program: next = current, parallel, replace, target } = {}) => {
            if (target !== undefined) throw new Error("the harness knows no targets: run this case on the engine");
            current = next;
            const done = await run("up", { parallel, replace });
            const outputs = outputsOf(writeState(resources));
            if (empty) await assertSettled(stack);
            return { ...done, outputs };
        },
        preview: async ({ diff, json } = {}) => {
            if (json) throw new Error("the harness prints no document: run this case on the engine");
            return run("preview", { diff });
        },
        refresh: () => run("refresh"),
        destroy: () => run("destroy"),
        setConfig: async (key, value, secret = false) => void config.set(key, { value, secret }),
        setProgram: (next) => {
            current = next;
        },
        setEnvironment: (next) => {
            variables = { ...variables, ...next };
        },
        state: async () => writeState(resources),
        kill: () => kill(),
        runProviders: (where) => {
            isHere = where === "here" && !isPluginWay;
        },
    };
    return stack;
}

/** The same, or a stack of the real engine if SECTION_TEST_ENGINE=real, as in the long suite. */
export function openStack(options: StackOptions): Promise<TestStack> {
    return process.env.SECTION_TEST_ENGINE === "real" ? openEngineStack(options) : openHarnessStack(options);
}

/**
 * The same with the provider in this process, which saves most of the time: for stories of what the provider decides.
 * Stories of what goes over the wire, such as secrets and unknown values, start its process.
 */
export async function openStackHere(options: StackOptions): Promise<TestStack> {
    if (process.env.SECTION_TEST_ENGINE === "real") return openEngineStack(options);
    const stack = await openHarnessStack(options);
    stack.runProviders("here");
    return stack;
}
