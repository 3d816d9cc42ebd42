import { randomUUID } from "node:crypto";
import { openProvider, type Provider } from "./provider";
import { openProviderHere } from "./provider-here";
import { type ProviderProcess, startProviderProcess } from "./provider-process";
import type { ResourceState } from "./resource-state";
import { providerPrefix, typeOf } from "./urns";
import { isSame, type Properties, unknownValue } from "./values";

/** The providers of one operation. Each is a process that no other operation uses. */
export interface Providers {
    /** The provider that a resource's reference names. Starts it from its state if no program registered it. */
    find(reference: string | undefined): Promise<Provider>;
    /** Answers calls about the resources that stand for providers, without a process. */
    readonly registry: Provider;
    /** Lets the program's own provider resource be used, with its config. */
    configure(urn: string, id: string, config: Properties): Promise<void>;
    stop(): Promise<void>;
    /** Ends them as kill -9 does. */
    kill(): Promise<void>;
}

interface ProvidersOptions {
    /** Whether providers run in this process. */
    isHere: boolean;
    environment: Record<string, string>;
    /** The address of this operation's engine, once it listens. */
    engine(): string;
    isPreview: boolean;
    olds: readonly ResourceState[];
    say(line: string): void;
}

export function openProviders({ isHere, environment, engine, isPreview, olds, say }: ProvidersOptions): Providers {
    const processes: Promise<ProviderProcess>[] = [];
    const ends: (() => void)[] = [];
    const providers = new Map<string, Promise<Provider>>();
    const start = (urn: string, id: string, config: Properties): Promise<Provider> => {
        const reference = `${urn}::${id}`;
        const known = providers.get(reference);
        if (known !== undefined) return known;
        if (isHere) {
            const here = openProviderHere({ environment, config, say });
            ends.push(here.end);
            providers.set(reference, Promise.resolve(here));
            return Promise.resolve(here);
        }
        const packageName = typeOf(urn).slice(providerPrefix.length);
        const process = startProviderProcess({ packageName, environment, engine: engine(), say });
        processes.push(process);
        const provider = process.then((each) => openProvider(each, urn, id, config));
        providers.set(reference, provider);
        return provider;
    };
    const configure = async (urn: string, id: string, config: Properties) => void (await start(urn, id, config));
    const registry: Provider = {
        check: async (_urn, _olds, inputs) => ({ inputs, failures: [] }),
        diff: async ({ outputs }, inputs) => ({
            changes: !isSame(outputs, inputs),
            replaces: [],
            deleteBeforeReplace: false,
        }),
        foresees: async () => true,
        create: async (urn, inputs) => {
            const id = isPreview ? unknownValue : randomUUID();
            await configure(urn, id, inputs);
            return { id, outputs: inputs };
        },
        update: async ({ urn, id }, inputs) => {
            await configure(urn, id, inputs);
            return { id, outputs: inputs };
        },
        read: async ({ id, inputs, outputs }) => ({ id, inputs, outputs }),
        delete: async () => {},
    };
    return {
        registry,
        configure,
        find: async (reference = "") => {
            const known = providers.get(reference);
            if (known !== undefined) return known;
            const old = olds.find(({ urn, id }) => `${urn}::${id}` === reference);
            if (old === undefined) throw new Error(`unknown provider '${reference}'`);
            return start(old.urn, old.id ?? "", old.inputs);
        },
        stop: async () => {
            for (const end of ends) end();
            await Promise.all(processes.map(async (each) => (await each).stop()));
        },
        kill: async () => void (await Promise.all(processes.map(async (each) => (await each).kill()))),
    };
}
