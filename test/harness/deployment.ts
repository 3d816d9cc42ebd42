import type { PulumiFn } from "@pulumi/pulumi/automation";
import { removeTheRest } from "./deletes";
import type { Goal } from "./goal";
import type { Listener } from "./monitor";
import { indexOldStates } from "./old-states";
import { type Operation, OperationOver } from "./operation";
import { openRegistrar } from "./registration";
import type { ResourceState } from "./resource-state";
import { runProgram, type Setting } from "./run-program";
import { isProviderType, type Project, providerPrefix } from "./urns";
import { makeSecret, type Properties } from "./values";

export type Config = ReadonlyMap<string, Setting>;

interface DeploymentOptions {
    operation: Operation;
    project: Project;
    config: Config;
    /** Names of resources to replace, whether they change or not. */
    replace: readonly string[];
    describe(kind: string, state: ResourceState, before: Properties): void;
}

/**
 * The provider of a package's resources that name none. That of dynamic resources gets the whole config of the stack,
 * any other one the keys that begin with the package's name.
 */
function defaultProvider(packageName: string, config: Config): Goal {
    const own = `${packageName}:`;
    const settings = [...config].flatMap(([key, setting]): [string, Setting][] => {
        if (packageName === "pulumi-nodejs") return [[key, setting]];
        return key.startsWith(own) ? [[key.slice(own.length), setting]] : [];
    });
    const inputs = settings.map(([key, { value, secret }]) => [key, secret ? makeSecret(value) : value]);
    return {
        type: `${providerPrefix}${packageName}`,
        name: "default",
        custom: true,
        inputs: Object.fromEntries(inputs),
        parent: "",
        provider: "",
        dependencies: [],
        propertyDependencies: {},
        aliases: [],
        ignoreChanges: [],
    };
}

/** Turns registrations of a program into steps: planned one after the other, carried out in parallel. */
export function openDeployment({ operation, project, config, replace, describe }: DeploymentOptions): {
    listener: Listener;
    /** Resolves when nothing is planned and nothing runs. */
    settle(): Promise<void>;
} {
    const olds = indexOldStates(operation.olds, project, operation.renamed);
    const registrar = openRegistrar({ operation, project, olds, replace, describe });
    let last: Promise<unknown> = Promise.resolve();
    const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
        const next = last.then(() => {
            if (operation.isOver) throw new OperationOver();
            return work();
        });
        last = next.catch(() => {});
        return next;
    };
    const carryOut = async (plan: () => Promise<() => Promise<ResourceState>>) => operation.run(await inTurn(plan));

    const standards = new Map<string, Promise<ResourceState>>();
    const providerFor = async ({ type, provider }: Pick<Goal, "type" | "provider">): Promise<string> => {
        if (provider !== "" || isProviderType(type)) return provider;
        const [packageName = ""] = type.split(":");
        const standard =
            standards.get(packageName) ?? carryOut(() => registrar.plan(defaultProvider(packageName, config)));
        standards.set(packageName, standard);
        const { urn, id } = await standard;
        return `${urn}::${id}`;
    };
    const listener: Listener = {
        register: async (goal) => {
            const provider = goal.custom ? await providerFor(goal) : "";
            return carryOut(() => registrar.plan({ ...goal, provider }));
        },
        lookUp: async (lookup) => {
            const provider = await providerFor(lookup);
            return carryOut(() => registrar.planLookup({ ...lookup, provider }));
        },
        finish: (urn, outputs) => {
            const state = operation.news.find((each) => each.urn === urn);
            if (state !== undefined) state.outputs = outputs;
        },
        say: operation.say,
        fail: operation.fail,
    };
    const settle = async () => {
        await last;
        await operation.settle();
    };
    return { listener, settle };
}

interface DeployOptions {
    operation: Operation;
    settle(): Promise<void>;
    program: PulumiFn;
    project: Project;
    config: Config;
    parallel: number;
    monitor: string;
}

/** Runs the program and makes its resources, then removes those that it does not declare any more. */
export async function deploy({ operation, settle, ...options }: DeployOptions): Promise<void> {
    const run = runProgram({ ...options, isPreview: operation.isPreview }).catch(operation.fail);
    await Promise.race([run, operation.failed.catch(() => {})]);
    await settle();
    if (!operation.isOver) await removeTheRest(operation);
}
