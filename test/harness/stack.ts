import type { PulumiFn } from "@pulumi/pulumi/automation";
import {
    assertSettled,
    type Changes,
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
    ...asked
}: Asked): Promise<Done> {
    const lines: string[] = [];
    const say = (text: string) => void lines.push(...text.split("\n").map((line) => `    ${line}`));
    const olds = structuredClone(asked.resources);
    const isPreview = kind === "preview";
    let monitor: Monitor | undefined;
    const engine = () => monitor?.address ?? "";
    const providers = openProviders({ environment, engine, isPreview, olds, say });
    const operation: Operation = beginOperation({ isPreview, olds, providers, parallel, say });
    const describe = (done: string, { urn, inputs }: ResourceState, before: ResourceState["inputs"]) => {
        say(`${done} ${typeOf(urn)} ${nameOf(urn)}`);
        if (diff) for (const line of differenceOf(before, inputs)) say(line);
    };
    const { listener, settle } = openDeployment({ operation, project, config, describe });
    monitor = await startMonitor(listener);
    try {
        if (kind === "refresh") await refreshAll(operation);
        else if (kind === "destroy") await removeTheRest(operation);
        else await deploy({ operation, settle, program, project, config, parallel, monitor: monitor.address });
    } finally {
        await providers.stop();
        monitor.close();
    }
    const resources = isPreview ? [...asked.resources] : resultOf(operation);
    return { changes: operation.changes, stdout: lines.join("\n"), resources, isFailed: operation.isOver };
}

/** A stack whose operations this process runs: the real program, the real provider process, and no engine. */
export async function openHarnessStack({
    program,
    name = "test",
    environment,
}: Omit<StackOptions, "folder">): Promise<TestStack> {
    const project = { name: "story", stack: name };
    const config = new Map<string, Setting>();
    let variables: Record<string, string> = { SECTION_RESOLVER: "none", ...environment };
    let current = program;
    let resources: ResourceState[] = [];
    const run = async (kind: Asked["kind"], { parallel = usualParallel, diff = false } = {}) => {
        const known = { project, environment: variables, config, resources };
        const done = await operate({ ...known, kind, program: current, parallel, diff });
        resources = done.resources;
        if (done.isFailed) throw new Error(done.stdout);
        return { changes: done.changes, stdout: done.stdout };
    };
    const stack: TestStack = {
        up: async ({ empty = true, program: next = current, parallel } = {}) => {
            current = next;
            const done = await run("up", { parallel });
            const outputs = outputsOf(writeState(resources));
            if (empty) await assertSettled(stack);
            return { ...done, outputs };
        },
        preview: (options) => run("preview", options),
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
    };
    return stack;
}

/** The same, or a stack of the real engine if SECTION_TEST_ENGINE=real, as in the long suite. */
export function openStack(options: StackOptions): Promise<TestStack> {
    return process.env.SECTION_TEST_ENGINE === "real" ? openEngineStack(options) : openHarnessStack(options);
}
