import * as pulumi from "@pulumi/pulumi";

const sdk = require("@pulumi/pulumi/runtime/state") as { getStore(): { settings: { rpcDone: Promise<unknown> } } };

/** Runs `work` as the program of an engine. */
export async function asProgram(work: () => Promise<void>): Promise<void> {
    const { getStackResource } = pulumi.runtime;
    sdk.getStore().settings.rpcDone = Promise.resolve(); // requests of other tests are none of this program's
    const program = { end: () => {} };
    const ended = new Promise<void>((resolve) => {
        program.end = resolve;
    });
    const stack = { outputs: { promise: () => ended } } as unknown as pulumi.Resource;
    const define = (value: unknown) =>
        Object.defineProperty(pulumi.runtime, "getStackResource", { configurable: true, value });
    define(() => stack);
    try {
        await work();
    } finally {
        define(getStackResource);
        program.end();
        await ended;
        await new Promise(setImmediate);
    }
}
