import assert from "node:assert/strict";
import { lightenPromises } from "../../../provider/program/light-promises";
import { asProgram } from "../../support/program";

interface Debuggable {
    debuggablePromise<T>(promise: Promise<T>, context: string): Promise<T>;
    leakedPromises(): [Set<Promise<unknown>>, string];
}

/** The SDK calls its own functions through this, too. */
const sdk = require("@pulumi/pulumi/runtime/debuggable") as Debuggable;

/** The trace that the SDK takes of a promise. Undefined where it takes none. */
async function tracePromise(): Promise<string | undefined> {
    const promise = Promise.resolve();
    await sdk.debuggablePromise(promise, "a test");
    return (promise as { _debugStackTrace?: string })._debugStackTrace;
}

describe("the promises of a program", () => {
    it("have no traces until the program ends", async () => {
        await asProgram(async () => {
            lightenPromises();
            assert.equal(await tracePromise(), undefined);
        });
        assert.match((await tracePromise()) ?? "", /tracePromise .*light-promises\.test\.ts/);
    });

    it("end as they would without, and who forgets one that fails hears of it", async () => {
        await asProgram(async () => {
            lightenPromises();
            assert.equal(await sdk.debuggablePromise(Promise.resolve(7), "a test"), 7);
            const failing = Promise.reject(new Error("no"));
            const watched = sdk.debuggablePromise(failing, "a test");
            await assert.rejects(watched, (error: Error & { promise?: unknown }) => {
                return error.message === "no" && error.promise === failing;
            });
            const others = process.listeners("unhandledRejection");
            process.removeAllListeners("unhandledRejection");
            const forgotten = new Promise((resolve) => process.once("unhandledRejection", resolve));
            void sdk.debuggablePromise(Promise.reject("a word"), "a test");
            assert.equal(await forgotten, "a word");
            for (const other of others) process.on("unhandledRejection", other);
        });
    });

    it("that never end are counted", async () => {
        sdk.leakedPromises(); // those of other tests
        await asProgram(async () => {
            lightenPromises();
            const never = new Promise(() => {});
            void sdk.debuggablePromise(never, "a test");
            await sdk.debuggablePromise(Promise.resolve(), "a test");
            const [leaked, message] = sdk.leakedPromises();
            assert.deepEqual([...leaked], [never]);
            assert.match(message, /1 promise was still active/);
        });
    });

    it("keep their traces for who looks for promises that never end, and in a unit test of a program", async () => {
        lightenPromises();
        assert.ok(await tracePromise(), "without an engine");
        process.env.PULUMI_DEBUG_PROMISE_LEAKS = "true";
        try {
            await asProgram(async () => {
                lightenPromises();
                assert.ok(await tracePromise());
            });
        } finally {
            delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
        }
    });
});
