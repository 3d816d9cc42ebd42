import type { Connection } from "../../client/connection";
import { nouns } from "../../provider/nouns/nouns";
import { Lifecycle } from "../../provider/protocol/lifecycle";
import { type Claimant, claimantProperty, writeClaimant } from "../../provider/run/claimant";
import type { Kind } from "../../provider/run/resource-kind";
import { Run } from "../../provider/run/run";
import { providerPlatform } from "./provider";

type Properties = Record<string, unknown>;

/** The engine's calls for one kind of resource during one operation. */
export interface OperatedKind {
    /** The inputs that a preview shows. */
    preview(olds: Properties, inputs: Properties, claimant: string | Partial<Claimant>): Promise<Properties>;
    /** Checks and creates. */
    create(inputs: Properties, claimant?: string | Partial<Claimant>): Promise<{ id: string; outs: Properties }>;
    /** Checks and compares, as for a resource that a program still declares. */
    diff(
        id: string,
        outs: Properties,
        inputs: Properties,
        claimant?: string | Partial<Claimant>,
    ): ReturnType<Lifecycle["diff"]>;
    /** Checks and updates. */
    update(
        id: string,
        outs: Properties,
        inputs: Properties,
        claimant?: string | Partial<Claimant>,
    ): ReturnType<Lifecycle["update"]>;
    read: Lifecycle["read"];
    delete: Lifecycle["delete"];
}

/** Inputs as the class of a resource sends them: in an `up` of the stack agency/prod unless said otherwise. */
function declaredBy(inputs: Properties, claimant?: string | Partial<Claimant>): Properties {
    if (claimant === undefined) return inputs;
    const usual = { project: "agency", stack: "tests", isPreview: false };
    const said = typeof claimant === "string" ? { resource: claimant } : claimant;
    return { ...inputs, [claimantProperty]: writeClaimant({ ...usual, ...said }) };
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
            preview: (olds, inputs, claimant) => {
                const said = typeof claimant === "string" ? { resource: claimant } : claimant;
                return check(olds, declaredBy(inputs, { ...said, isPreview: true }));
            },
            create: async (inputs, claimant) => lifecycle.create(await check({}, declaredBy(inputs, claimant))),
            diff: async (id, outs, inputs, claimant) =>
                lifecycle.diff(id, outs, await check(outs, declaredBy(inputs, claimant))),
            update: async (id, outs, inputs, claimant) =>
                lifecycle.update(id, outs, await check(outs, declaredBy(inputs, claimant))),
            read: lifecycle.read,
            delete: lifecycle.delete,
        };
    };
}
