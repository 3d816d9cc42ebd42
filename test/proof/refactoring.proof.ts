import assert from "node:assert/strict";
import { openHarnessStack } from "../harness/stack";
import { seed } from "../support/choices";
import { type RunningPlatform, startPlatform } from "../support/platform";
import { type Ground, type Opened } from "./refactoring/history";
import { type Failure, runSequence, shrinkSequence } from "./refactoring/run-sequence";
import { Tally } from "./refactoring/tally";

const sequences = Number(process.env.SECTION_TEST_SEQUENCES ?? 300);

async function openHere(name: string, environment: Record<string, string>): Promise<Opened> {
    const stack = await openHarnessStack({ program: async () => {}, name, environment });
    stack.runProviders("here");
    return {
        stack,
        faults: ["none", "none", "none", "lost reply", "failure", "kill"],
        allowKill: (isAllowed) => stack.runProviders(isAllowed ? "in processes" : "here"),
        kill: stack.kill,
    };
}

const describeFailure = ({ seed: own, story, reason }: Failure) =>
    [`SECTION_TEST_SEED=${own} SECTION_TEST_SEQUENCES=1 repeats it:`, ...story, reason].join("\n");

describe("programs that are edited", () => {
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform();
    });
    after(() => platform.close());

    it("lose nothing that they declare, and touch nothing of another's", async function () {
        this.timeout(1_200_000);
        const tally = new Tally();
        const ground: Ground = { platform, tally, open: (name, _label, environment) => openHere(name, environment) };
        const failures: Failure[] = [];
        for (let index = 0; index < sequences; index += 1) {
            const failure = await runSequence(ground, seed + index);
            if (failure !== undefined) failures.push(await shrinkSequence({ ...ground, tally: new Tally() }, failure));
            if (failures.length >= 5) break;
        }
        for (const group of ["operations", "happenings", "edits", "faults", "refusals", "refused", "left over"])
            console.log(`      ${group}: ${group === "left over" ? tally.sumOf(group) : tally.say(group)}`);
        console.log(`      seed ${seed}: ${sequences} sequences, ${tally.sumOf("lost")} lost, ${tally.sumOf("touched")} touched`);
        assert.equal(failures.length, 0, failures.map(describeFailure).join("\n\n"));
    });
});
