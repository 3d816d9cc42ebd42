import assert from "node:assert/strict";
import { shortenTraces } from "../../../provider/program/short-traces";
import { asProgram } from "../../support/program";

const { debuggablePromise } = require("@pulumi/pulumi/runtime/debuggable") as {
    debuggablePromise(promise: Promise<void>, context: string): Promise<void>;
};

/** The trace that the SDK takes of a promise. */
async function tracePromise(): Promise<string> {
    const promise = Promise.resolve();
    await debuggablePromise(promise, "a test");
    return (promise as unknown as { _debugStackTrace: string })._debugStackTrace;
}

describe("the traces of a program's promises", () => {
    const own: typeof Error.prepareStackTrace = (error, frames) => [`own ${error}`, ...frames].join("\n    at ");
    const usual = Error.prepareStackTrace;
    afterEach(() => {
        Error.prepareStackTrace = usual;
    });

    it("are left out until the program ends, and those of errors are not", async () => {
        Error.prepareStackTrace = own;
        assert.match(await tracePromise(), /tracePromise .*short-traces\.test\.ts/);
        await asProgram(async () => {
            shortenTraces();
            assert.equal(await tracePromise(), "");
            assert.match(new Error("wrong").stack ?? "", /^own Error: wrong\n.*short-traces\.test\.ts/);
        });
        assert.equal(Error.prepareStackTrace, own);
        assert.match(await tracePromise(), /tracePromise/);
    });

    it("leave alone what another has set meanwhile", async () => {
        await asProgram(async () => {
            shortenTraces();
            Error.prepareStackTrace = own;
        });
        assert.equal(Error.prepareStackTrace, own);
    });

    it("stay for who looks for promises that never end, and in a unit test of a program", async () => {
        shortenTraces();
        assert.notEqual(await tracePromise(), "", "without an engine");
        process.env.PULUMI_DEBUG_PROMISE_LEAKS = "true";
        try {
            await asProgram(async () => {
                shortenTraces();
                assert.notEqual(await tracePromise(), "");
            });
        } finally {
            delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
        }
    });

    for (const formatter of [undefined, own])
        it(`of errors name the line with ${formatter === undefined ? "no formatter" : "another's formatter"}`, async () => {
            Object.assign(Error, { prepareStackTrace: formatter });
            const line = () => /short-traces\.test\.ts:(\d+)/.exec(new Error("here").stack ?? "")?.[1];
            const before = line();
            await asProgram(async () => {
                shortenTraces();
                assert.equal(line(), before);
            });
        });
});
