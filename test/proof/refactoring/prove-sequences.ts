import assert from "node:assert/strict";
import { type RunningPlatform, startPlatform } from "../../support/platform";
import type { Ground } from "./history";
import { type Failure, runSequence, shrinkSequence } from "./run-sequence";
import { Tally } from "./tally";

/**
 * The same sequences at every run, so that a failure is of the change that was made. New ones are tried by hand, with
 * any other SECTION_TEST_SEED and up to 300 SECTION_TEST_SEQUENCES: docs/durability.md says how many have been.
 */
const seed = Number(process.env.SECTION_TEST_SEED ?? 300_000);

/** SECTION_TEST_SEQUENCES=1 runs the one of the seed only. */
const asked = process.env.SECTION_TEST_SEQUENCES;
/** More would say the same again. */
const mostFailures = 3;
/** Kills come at moments of the clock. One sequence of a run may fail once and not again: its words are printed. */
const mostOnce = 1;

const groups = ["operations", "happenings", "edits", "faults", "refusals", "refused", "refreshed"];

const describeFailure = ({ seed: own, story, reason }: Failure) =>
    [`SECTION_TEST_SEED=${own} SECTION_TEST_SEQUENCES=1 repeats it:`, ...story, reason].join("\n");

async function proveOn({ platform, elsewhere, open }: Omit<Ground, "tally">, count: number): Promise<void> {
    const tally = new Tally();
    const failures: Failure[] = [];
    const once: Failure[] = [];
    const began = process.cpuUsage();
    for (let index = 0; index < count && failures.length < mostFailures; index += 1) {
        const failure = await runSequence({ platform, elsewhere, tally, open }, seed + index);
        if (failure === undefined) continue;
        const again = { platform, elsewhere, tally: new Tally(), open };
        const repeated = await runSequence(again, seed + index, `s${seed + index}-again`);
        if (repeated === undefined && once.push(failure) <= mostOnce) {
            console.log(`      failed once and not again: ${describeFailure(failure)}`);
            continue;
        }
        failures.push(await shrinkSequence({ platform, elsewhere, tally: new Tally(), open }, failure));
    }
    for (const group of groups) console.log(`      ${group}: ${tally.say(group)}`);
    const { user, system } = process.cpuUsage(began);
    console.log(
        `      seed ${seed}: ${count} sequences, ${tally.sumOf("operations")} operations: ` +
            `${tally.sumOf("lost")} declared things lost, ${tally.sumOf("touched")} of others' changed, ` +
            `${tally.sumOf("left over")} left over after an interruption; ` +
            `${Math.round((user + system) / 1000 / count)} ms of this process per sequence`,
    );
    assert.equal(failures.length, 0, failures.map(describeFailure).join("\n\n"));
}

/**
 * Runs sequences one after the other on a platform of their own, and prints what was in them: `usual` of them unless
 * SECTION_TEST_SEQUENCES asks for another number.
 */
export async function proveSequences(usual: number, open: Ground["open"]): Promise<void> {
    const platform = await startPlatform();
    let other: Promise<RunningPlatform> | undefined;
    const elsewhere = () => {
        other ??= startPlatform();
        return other;
    };
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0; // the SDK takes a stack trace for each of its promises
    try {
        await proveOn({ platform, elsewhere, open }, Number(asked ?? usual));
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
        await platform.close();
        await (await other)?.close();
    }
}
