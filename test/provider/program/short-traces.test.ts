import assert from "node:assert/strict";
import { inspect } from "node:util";
import { shortenTraces, withPackageOfSdk } from "../../../provider/program/short-traces";
import { asProgram } from "../../support/program";

describe("a trace through the SDK's sources", () => {
    it("has their real places, so that Node comes to an end when it colours them", () => {
        const trace = [
            "Error: boom",
            "    at new Resource (/app/node_modules/@pulumi/resource.ts:475:26)",
            "    at register (/app/node_modules/@pulumi/pulumi/runtime/x.js:1:2)",
            "    at other (/app/node_modules/@pulumi/random/index.js:1:2)",
        ];
        const error = new Error("boom");
        error.stack = withPackageOfSdk(trace.join("\n"));
        assert.deepEqual(error.stack.split("\n"), [
            trace[0],
            "    at new Resource (/app/node_modules/@pulumi/pulumi/resource.ts:475:26)",
            ...trace.slice(2),
        ]);
        assert.match(inspect(error, { colors: true }), /boom/); // Node 20 would need minutes, and the memory of a whole text
    });
});

describe("the traces of a program", () => {
    const own: typeof Error.prepareStackTrace = (error, frames) => [`own ${error}`, ...frames].join("\n    at ");
    const usual = Error.prepareStackTrace;
    afterEach(() => {
        Error.prepareStackTrace = usual;
    });

    it("are made by who made them before, until the program ends and afterwards", async () => {
        Error.prepareStackTrace = own;
        await asProgram(async () => {
            shortenTraces();
            assert.match(new Error("wrong").stack ?? "", /^own Error: wrong\n.*short-traces\.test\.ts/);
        });
        assert.equal(Error.prepareStackTrace, own);
    });

    it("leave alone what another has set meanwhile", async () => {
        await asProgram(async () => {
            shortenTraces();
            Error.prepareStackTrace = own;
        });
        assert.equal(Error.prepareStackTrace, own);
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
