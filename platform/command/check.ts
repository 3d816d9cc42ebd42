import type { Command } from "commander";
import { checkConsistency, type Finding } from "../service/consistency";
import { inspectRepositories } from "../service/inspect-repositories";
import { type DataFlags, dataCommand, show, withContext, withExamples } from "./data-command";
import { withProgress } from "./progress";

export function checkHere(flags: DataFlags): Promise<Finding[]> {
    return withContext(flags, async (context) => [
        ...(await withProgress("checking repositories", (step) => checkConsistency(context, { step }))),
        ...(await withProgress("reading objects", (step) => inspectRepositories(context, { step }))),
    ]);
}

/**
 * Shows the differences between rows and repositories, and ends with 1 when there are any. `facts` are of the steps
 * before.
 */
export function reportConsistency(flags: DataFlags, findings: readonly Finding[], facts: object = {}): void {
    const outcome = findings.length === 0 ? "rows and repositories agree" : `${findings.length} findings`;
    show(flags, { ...facts, findings }, [...findings.map(({ kind, message }) => `${kind}: ${message}`), outcome]);
    if (findings.length > 0) process.exitCode = 1;
}

export function addCheck(program: Command): void {
    const command = dataCommand(
        program,
        "check",
        "Compare rows with repositories and branches, and read every object; exit code 1 when something is wrong",
    ).action(async (flags: DataFlags) => reportConsistency(flags, await checkHere(flags)));
    withExamples(command, "check --data-dir ./section-data", "check --data-dir ./section-data --json");
}
