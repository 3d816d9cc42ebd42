import { nouns } from "../../provider/nouns/nouns";
import { Lifecycle } from "../../provider/protocol/lifecycle";
import { Run } from "../../provider/run/run";
import type { Difference, Known, Made, Provider } from "./provider";
import { typeOf } from "./urns";
import type { Properties } from "./values";

interface ProviderHere extends Provider {
    /** Writes what the process would write when the engine ends it. */
    end(): void;
}

interface PlaceOptions {
    /** Variables that a provider process would have, such as SECTION_ENDPOINT. */
    environment: Readonly<Record<string, string>>;
    config: Properties;
    /** Told each line that the process would write. */
    say(line: string): void;
}

/** A value as it arrives on the other side of a wire. */
const send = (properties: Properties): Properties => JSON.parse(JSON.stringify(properties));
/** Settings of an explicit provider beat the environment of this process, which is not the operation's. */
const explicit = "section-provider:";
const variableOf = (setting: string) => `SECTION_${setting.replaceAll(/[A-Z]/g, "_$&").toUpperCase()}`;

/** The resource that a call made before it failed. Throws every other failure. */
function readHalf(error: Error & { id?: string; properties?: Properties; reasons?: string[] }): Made {
    if (!error.id) throw new Error(error.message);
    return { id: error.id, outputs: send(error.properties ?? {}), initErrors: error.reasons ?? [] };
}

/**
 * The provider of one operation, in this process: its code with a memory of its own, behind the answers of the SDK's
 * server. It saves starting a process, which takes most of the time of a small operation. Takes no secrets.
 */
export function openProviderHere({ environment, config, say }: PlaceOptions): ProviderHere {
    const run = new Run(say);
    const reader = {
        get: (key: string) =>
            key.startsWith(explicit)
                ? environment[variableOf(key.slice(explicit.length))]
                : (config[key] as string | undefined),
    };
    const lifecycles = new Map<string, Lifecycle>();
    const lifecycleOf = (urn: string): Lifecycle => {
        const kind = (typeOf(urn).split(":").at(-1) ?? "").toLowerCase();
        const lifecycle = lifecycles.get(kind) ?? new Lifecycle(nouns[kind], run);
        if (!lifecycles.has(kind)) void lifecycle.configure({ config: reader });
        lifecycles.set(kind, lifecycle);
        return lifecycle;
    };
    const within = (result: Properties | undefined, { __provider }: Properties) => send({ ...result, __provider });
    return {
        end: () => run.end(),
        foresees: async () => false,
        check: async (urn, olds, news) => {
            const { inputs, failures } = await lifecycleOf(urn).check(send(olds), send(news));
            return { inputs: within(inputs, news), failures };
        },
        diff: async ({ urn, id, outputs }: Known, news): Promise<Difference> => {
            const {
                changes,
                replaces = [],
                deleteBeforeReplace = false,
            } = await lifecycleOf(urn).diff(id, send(outputs), send(news));
            return { changes, replaces, deleteBeforeReplace };
        },
        create: async (urn, inputs) => {
            const made = lifecycleOf(urn).create(send(inputs));
            return made.then(({ id, outs }): Made => ({ id, outputs: within(outs, inputs) }), readHalf);
        },
        update: async ({ urn, id, outputs }, news) => {
            const made = lifecycleOf(urn).update(id, send(outputs), send(news));
            return made.then(({ outs }): Made => ({ id, outputs: within(outs, news) }), readHalf);
        },
        read: async ({ urn, id, outputs }) => {
            const found = await lifecycleOf(urn).read(id, send(outputs));
            if (!found.id) return undefined;
            const inputs = found.inputs && within(found.inputs, outputs);
            return { id: found.id, outputs: within(found.props, outputs), ...(inputs && { inputs }) };
        },
        delete: async ({ urn, id, outputs }) => lifecycleOf(urn).delete(id, send(outputs)),
    };
}
