import { Problem } from "section-model";
import { tellLine } from "../terminal/progress";
import { startAttended } from "./engine";
import type { StackLook } from "./look-at-stack";
import { isSameSpace, readProcessSpace } from "./process-space";
import { endRunProcesses, runVariable } from "./run-processes";
import { stackArguments } from "./stack-config";
import { listLocks, removeLeftLocks } from "./stack-lock";
import { setMark } from "./unsaved-mark";

/** The state learns from the platform what the run did that did not end. */
async function refresh({ choice, mark, owner }: StackLook, output: "stdout" | "stderr"): Promise<void> {
    tellLine(
        `the up that began at ${mark?.since} on ${mark?.host} did not save the state: comparing the state with the platform first`,
    );
    const now = await setMark(choice);
    const args = ["refresh", "--yes", "--skip-preview", ...stackArguments(choice)];
    const environment = { [runVariable]: now?.run, SECTION_UNSAVED: `${owner.project}/${owner.stack}` };
    const code = await startAttended(args, { cwd: choice.cwd, environment }, output).finished;
    if (code === 0) return;
    throw new Problem("invalid-input", "the state could not be compared with the platform", {
        remedy: "Correct what the engine says, then run this again",
    });
}

/**
 * Puts a stack in order after an `up` that was killed: removes its lock, if it is certain that nobody holds it, and
 * compares the state with the platform. Things that the state does not have at all are found by the next `up`.
 *
 * @param output where the engine's words go
 */
export async function recoverStack(look: StackLook | undefined, output: "stdout" | "stderr" = "stdout"): Promise<void> {
    if (look === undefined) return;
    const { backend, owner, state, mark } = look;
    if (backend.folder !== undefined) {
        const locks = await listLocks(backend.folder, owner);
        await removeLeftLocks(locks, mark);
        for (const { pid, timestamp } of locks)
            tellLine(`removed the lock of process ${pid}, which was killed after ${timestamp}`);
    }
    if (mark !== undefined && isSameSpace(mark, await readProcessSpace())) await endRunProcesses(mark.run);
    if (mark !== undefined && state.resources.length > 0) await refresh(look, output);
}
