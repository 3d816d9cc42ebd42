import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { tellLine } from "../terminal/progress";
import type { AttendedEngine } from "./engine";
import { EventLog, type ForeignChange } from "./event-log";
import { findReasonToSave, type StackLook, sayForeign } from "./look-at-stack";
import { endRunProcesses, runVariable } from "./run-processes";
import { readState } from "./state";
import { removeMark, setMark } from "./unsaved-mark";

/** The variables with which the engine saves the state once, at its end, and not after each step. */
export const saveOnce = { PULUMI_SKIP_CHECKPOINTS: "true" } as const;

/** A run of the engine that changes a stack: what its command line and its variables need. */
export interface EngineRun {
    args: readonly string[];
    environment: Readonly<Record<string, string>>;
}

/** The engine saves the state after each step. */
const plainRun: EngineRun = { args: [], environment: {} };
const sayReason = (reason: string) => tellLine(`the state is saved after each step: ${reason}`);

/** The engine may have been cut off within a line. */
const tellBelow = (line: string) => tellLine(`\n${line}`);

/** Whether the engine has saved the state since. */
async function isSavedSince({ choice }: StackLook, sinceMs: number): Promise<boolean> {
    const { savedAt } = await readState(choice);
    return savedAt !== undefined && Date.parse(savedAt) >= sinceMs;
}

/** Takes the mark away, unless the next run has to find out what this one did. */
async function settleMark(look: StackLook, sinceMs: number, code: number | undefined, log: EventLog): Promise<void> {
    const again = "the next pulumi-section up finds out what was done";
    if (code !== 0) {
        if (log.isApplying && !(await isSavedSince(look, sinceMs)))
            return tellBelow(`the state was not saved: ${again}`);
        if (log.unanswered > 0) return tellBelow(`the provider did not answer for every change: ${again}`);
        if (look.mark !== undefined) return;
    }
    await removeMark(look.choice);
}

/** Runs the engine so that it saves the state at its end only, unless `reason` is in the way of that. */
async function runOnce(
    look: StackLook,
    start: (run: EngineRun) => AttendedEngine,
): Promise<{ code?: number; reason?: string }> {
    const mark = await setMark(look.choice);
    if (mark === undefined) return { reason: "this version of pulumi keeps no tags of stacks in this backend" };
    const folder = await mkdtemp(path.join(tmpdir(), "pulumi-section-up-"));
    try {
        const file = path.join(folder, "events");
        let interrupt = () => {};
        const log = new EventLog(file, () => interrupt());
        const running = start({
            args: ["--event-log", file],
            environment: { ...saveOnce, PULUMI_DEBUG_COMMANDS: "true", [runVariable]: mark.run },
        });
        interrupt = running.interrupt;
        await log.follow(running.finished);
        const code = await running.finished;
        if (code === undefined) await endRunProcesses(mark.run);
        await settleMark(look, Date.parse(mark.since), code, log);
        const isStopped = log.foreign !== undefined && code !== 0;
        return { code, ...(isStopped && { reason: sayForeign(log.foreign as ForeignChange) }) };
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

export interface QuickChoice {
    /** A change of another provider's resource that is known beforehand. */
    foreign?: ForeignChange;
    /** Aborted when the engine is not to be started again. */
    signal?: AbortSignal;
}

/**
 * Runs the engine on a stack: it saves the state at its end only, where everything that it makes can be found again
 * without. Otherwise it says why not, and the engine saves after each step. The one place that decides this.
 *
 * @param look undefined where the engine has to speak for itself
 * @param start starts `pulumi up`, or another operation that changes the stack
 * @returns the engine's exit code; undefined when it was killed
 */
export async function runQuickly(
    look: StackLook | undefined,
    start: (run: EngineRun) => AttendedEngine,
    { foreign, signal }: QuickChoice = {},
): Promise<number | undefined> {
    if (look?.backend.isSelfManaged !== true) return start(plainRun).finished;
    const known = foreign === undefined ? await findReasonToSave(look) : sayForeign(foreign);
    const { code, reason } = known === undefined ? await runOnce(look, start) : { reason: known };
    if (reason === undefined || signal?.aborted) return code;
    sayReason(reason);
    return start(plainRun).finished;
}
