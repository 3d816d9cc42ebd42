import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import { duringPrograms } from "../../../provider/program/during-programs";
import { asProgram } from "../../support/program";

/** Something that begins and ends, and what became of it so far. */
function makeWork() {
    const events: string[] = [];
    const begin = () => {
        events.push("begin");
        return () => events.push("end");
    };
    return { events, begin };
}

describe("work during programs", () => {
    it("begins with the first call of a program and ends with the program", async () => {
        const { events, begin } = makeWork();
        await asProgram(async () => {
            for (let call = 0; call < 3; call += 1) duringPrograms(begin);
            assert.deepEqual(events, ["begin"]);
        });
        assert.deepEqual(events, ["begin", "end"]);
    });

    it("goes on as long as one of several programs runs, and begins again with a later one", async () => {
        const { events, begin } = makeWork();
        await asProgram(async () => {
            duringPrograms(begin);
            await asProgram(async () => duringPrograms(begin));
            assert.deepEqual(events, ["begin"]);
        });
        await asProgram(async () => duringPrograms(begin));
        assert.deepEqual(events, ["begin", "end", "begin", "end"]);
    });

    it("goes on after the program's code, until its last request has its answer", async () => {
        const { events, begin } = makeWork();
        let answer = () => {};
        await asProgram(async () => {
            duringPrograms(begin);
            answer = runtime.rpcKeepAlive();
        });
        assert.deepEqual(events, ["begin"]);
        answer();
        await new Promise(setImmediate);
        assert.deepEqual(events, ["begin", "end"]);
    });

    it("does not begin without an engine", () => {
        const { events, begin } = makeWork();
        duringPrograms(begin);
        assert.deepEqual(events, []);
    });
});
