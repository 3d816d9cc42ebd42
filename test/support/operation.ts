import { nouns } from "../../provider/nouns/nouns";
import { Lifecycle } from "../../provider/protocol/lifecycle";
import { Run } from "../../provider/run/run";
import { providerPlatform } from "./provider";

type Properties = Record<string, unknown>;

/** What the engine does with one kind of resource during one operation. */
export interface OperatedKind {
    /** Checks and creates. */
    create(inputs: Properties, name?: string): Promise<{ id: string; outs: Properties }>;
    /** Checks and compares, as for what a program still declares. */
    diff(id: string, outs: Properties, inputs: Properties): ReturnType<Lifecycle["diff"]>;
    update: Lifecycle["update"];
    read: Lifecycle["read"];
    delete: Lifecycle["delete"];
}

/**
 * An operation of the engine upon the provider platform, by kind: each has a process of its own in earnest, and here a
 * run and a token of its own.
 */
export async function startOperation(email = "olga@agency.example"): Promise<(kind: string) => OperatedKind> {
    const platform = await providerPlatform();
    const token = await platform.tokenFor(email);
    const values: Record<string, string> = {
        "section-provider:endpoint": platform.url,
        "section-provider:token": token,
    };
    const run = new Run();
    const lifecycles = new Map<string, Lifecycle>();
    const open = (kind: string) => {
        const lifecycle = lifecycles.get(kind) ?? new Lifecycle(nouns[kind], run);
        lifecycles.set(kind, lifecycle);
        void lifecycle.configure({ config: { get: (key) => values[key] } });
        return lifecycle;
    };
    return (kind) => {
        const lifecycle = open(kind);
        const check = async (olds: Properties, inputs: Properties) => {
            const { inputs: checked, failures } = await lifecycle.check(olds, inputs);
            if (failures.length > 0) throw new Error(JSON.stringify(failures));
            return checked;
        };
        return {
            create: async (inputs, name) => lifecycle.create(await check({}, { ...inputs, __declaredAs: name })),
            diff: async (id, outs, inputs) => lifecycle.diff(id, outs, await check({}, inputs)),
            update: lifecycle.update,
            read: lifecycle.read,
            delete: lifecycle.delete,
        };
    };
}
