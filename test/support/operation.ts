import type { Connection } from "../../client/connection";
import { nouns } from "../../provider/nouns/nouns";
import { Lifecycle } from "../../provider/protocol/lifecycle";
import type { Kind } from "../../provider/run/resource-kind";
import { Run } from "../../provider/run/run";
import { providerPlatform } from "./provider";

type Properties = Record<string, unknown>;

/** The engine's calls for one kind of resource during one operation. */
export interface OperatedKind {
    /** Checks and creates. */
    create(inputs: Properties, name?: string): Promise<{ id: string; outs: Properties }>;
    /** Checks and compares, as for a resource that a program still declares. */
    diff(id: string, outs: Properties, inputs: Properties): ReturnType<Lifecycle["diff"]>;
    update: Lifecycle["update"];
    read: Lifecycle["read"];
    delete: Lifecycle["delete"];
}

/** Lifecycles of one operation's process, by kind: they remember nothing of another operation. */
export function startLifecycles({ endpoint, token }: Connection): Record<Kind, Lifecycle> {
    const run = new Run();
    const values: Record<string, string> = { "section-provider:endpoint": endpoint, "section-provider:token": token };
    const lifecycles = Object.entries(nouns).map(([kind, noun]) => {
        const lifecycle = new Lifecycle(noun, run);
        void lifecycle.configure({ config: { get: (key) => values[key] } });
        return [kind, lifecycle];
    });
    return Object.fromEntries(lifecycles);
}

/**
 * An operation of the engine on the provider platform, by kind. A real operation has a process of its own; here it has
 * a run of its own.
 */
export async function startOperation(email = "olga@agency.example"): Promise<(kind: string) => OperatedKind> {
    const platform = await providerPlatform();
    const token = await platform.tokenFor(email);
    const lifecycles = startLifecycles({ endpoint: platform.url, token });
    return (kind) => {
        const lifecycle = lifecycles[kind as Kind];
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
