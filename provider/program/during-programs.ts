import { runtime } from "@pulumi/pulumi";
import { Slot } from "../run/memory";
import { currentRun, processRun } from "./program";

/** What the SDK's types leave out. It ends when all requests of the running program have their answers. */
const { waitForRPCs } = runtime as unknown as { waitForRPCs(): Promise<void> };

/** Begins something, and returns what ends it. */
export type Begin = () => () => void;

/** What has begun in this process: for how many running programs, and how to end it. */
const begun = new Slot(() => new Map<Begin, { programs: number; end: () => void }>());
/** What has begun for a program. */
const begunHere = new Slot(() => new Set<Begin>());

/**
 * Runs `begin` at the first call of a program, and the function that it returns when the program has ended: when its
 * code has run, its outputs are known, and all its requests have their answers. Programs that run in one process at the
 * same time share it. Does nothing without an engine, as in a unit test of a program.
 */
export function duringPrograms(begin: Begin): void {
    const stack = runtime.getStackResource() as { outputs?: { promise(): Promise<unknown> } } | undefined;
    const here = currentRun().memory.of(begunHere);
    if (here.has(begin) || stack?.outputs === undefined) return;
    here.add(begin);
    const all = processRun().memory.of(begun);
    const one = all.get(begin) ?? { programs: 0, end: begin() };
    all.set(begin, one);
    one.programs += 1;
    const leave = () => {
        one.programs -= 1;
        if (one.programs > 0) return;
        all.delete(begin);
        one.end();
    };
    // the host asks for the trace of a failure after that
    stack.outputs
        .promise()
        .then(waitForRPCs)
        .then(leave, () => setImmediate(leave));
}
