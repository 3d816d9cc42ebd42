import debuggable = require("@pulumi/pulumi/runtime/debuggable");
import state = require("@pulumi/pulumi/runtime/state");

import { duringPrograms } from "./during-programs";

/** As the SDK's: watches a promise until it ends, and returns one that ends in the same way. */
type Watch = <T>(promise: Promise<T>, context: string) => Promise<T>;

/** What the SDK's types leave out of both modules. */
const sdk = debuggable as unknown as { debuggablePromise: Watch };
const { getStore } = state as unknown as { getStore(): { leakCandidates: Set<Promise<unknown>> } };

/** Without the trace and the words that the SDK shows of promises that never end. They are still counted. */
const watch: Watch = (promise) => {
    const store = getStore();
    store.leakCandidates.add(promise);
    return promise.then(
        (value) => {
            store.leakCandidates.delete(promise);
            return value;
        },
        (error) => {
            store.leakCandidates.delete(promise);
            if (typeof error === "object" && error !== null) error.promise = promise; // as the SDK does
            throw error;
        },
    );
};

/** Whether a person looks for promises that never end, of which the SDK then shows all. */
export const isLookingForLostPromises = (): boolean => Boolean(process.env.PULUMI_DEBUG_PROMISE_LEAKS);

function begin(): () => void {
    const { debuggablePromise } = sdk;
    // an SDK in a bundle does not let itself be changed; then all stays as it is
    Reflect.set(sdk, "debuggablePromise", watch);
    return () => {
        if (sdk.debuggablePromise === watch) Reflect.set(sdk, "debuggablePromise", debuggablePromise);
    };
}

/**
 * From the first declaration of a program to its end, promises of the SDK have no stack traces.
 *
 * The SDK takes a trace of every promise of a registration, about sixty for each resource, and makes text of it at
 * once: a third of a large program's time and memory. It shows the text only to who looks for promises that never end;
 * then it stays.
 */
export function lightenPromises(): void {
    if (!isLookingForLostPromises()) duringPrograms(begin);
}
