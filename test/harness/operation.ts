import type { Changes } from "../support/stack";
import type { Provider } from "./provider";
import type { Providers } from "./providers";
import { type ResourceState, renameDependencies } from "./resource-state";
import { isProviderType, nameOf } from "./urns";

/** The effect of an operation on a resource, as the engine counts it. */
export type Kind = keyof Changes;

/** A step that did not begin, because another one had failed. */
export class OperationOver extends Error {}

/** A running preview, update, refresh or destroy. */
export interface Operation {
    readonly isPreview: boolean;
    /** The states before. */
    readonly olds: readonly ResourceState[];
    readonly providers: Providers;
    readonly changes: Changes;
    /** URN before -> URN now, of renamed resources. */
    readonly renamed: Map<string, string>;
    /** Old states that were replaced by a new one, or that are gone. */
    readonly settled: Set<ResourceState>;
    /** The new states, the oldest first. */
    readonly news: ResourceState[];
    /** The provider of a resource. */
    providerOf(state: Pick<ResourceState, "type" | "provider">): Promise<Provider>;
    count(kind: Kind, state: ResourceState): void;
    say(text: string): void;
    /** Remembers the failure; no further step begins. */
    fail(error: Error): void;
    readonly isOver: boolean;
    /** Runs a step when there is room, unless the operation is over. */
    run<T>(step: () => Promise<T>): Promise<T>;
    /** Resolves when no step runs any more. */
    settle(): Promise<void>;
    /** Rejects when something has failed. */
    readonly failed: Promise<never>;
}

interface OperationOptions {
    isPreview: boolean;
    olds: readonly ResourceState[];
    providers: Providers;
    parallel: number;
    say(text: string): void;
}

const isDefaultProvider = ({ type, urn }: ResourceState) => isProviderType(type) && nameOf(urn) === "default";

/** Lets at most this many run at once. */
function limit(most: number) {
    let running = 0;
    const waiting: (() => void)[] = [];
    const enter = async () => {
        if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
        running += 1;
    };
    const leave = () => {
        running -= 1;
        waiting.shift()?.();
    };
    return { enter, leave };
}

export function beginOperation({ isPreview, olds, providers, parallel, say }: OperationOptions): Operation {
    const changes: Changes = {};
    const { enter, leave } = limit(parallel);
    const running = new Set<Promise<unknown>>();
    let isOver = false;
    let reject: (error: Error) => void = () => {};
    const failed = new Promise<never>((_resolve, no) => {
        reject = no;
    });
    failed.catch(() => {});
    const operation: Operation = {
        isPreview,
        olds,
        providers,
        changes,
        renamed: new Map(),
        settled: new Set(),
        news: [],
        failed,
        say,
        get isOver() {
            return isOver;
        },
        providerOf: async ({ type, provider }) =>
            isProviderType(type) ? providers.registry : providers.find(provider),
        count: (kind, state) => {
            if (!isDefaultProvider(state)) changes[kind] = (changes[kind] ?? 0) + 1;
        },
        fail: (error) => {
            if (error instanceof OperationOver) return;
            say(`error: ${error.message}`);
            isOver = true;
            reject(error);
        },
        run: async (step) => {
            await enter();
            const done = (async () => {
                if (isOver) throw new OperationOver();
                return step();
            })();
            running.add(done);
            try {
                return await done;
            } finally {
                running.delete(done);
                leave();
            }
        },
        settle: async () => {
            while (running.size > 0) await Promise.allSettled(running);
        },
    };
    return operation;
}

/** The states after an operation: new ones, and old ones that it did not touch. */
export function resultOf({ news, olds, settled, renamed }: Operation): ResourceState[] {
    const all = [...news, ...olds.filter((old) => !settled.has(old))];
    const known = new Set(all.map(({ urn }) => urn));
    const rename = (urn: string) => {
        const now = renamed.get(urn) ?? urn;
        return known.has(now) ? now : undefined;
    };
    return all.map((state) => renameDependencies(state, rename));
}
