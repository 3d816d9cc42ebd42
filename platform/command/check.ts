import type { Command } from "commander";
import { checkConsistency, type Finding } from "../service/consistency";
import { type DataFlags, dataCommand, say, withContext } from "./data";

/** Shows what rows and repositories disagree about, and ends with 1 when that is something. */
export function reportConsistency(findings: readonly Finding[]): void {
    for (const { kind, message } of findings) say(`${kind}: ${message}`);
    say(findings.length === 0 ? "rows and repositories agree" : `${findings.length} findings`);
    if (findings.length > 0) process.exitCode = 1;
}

async function check(flags: DataFlags): Promise<void> {
    reportConsistency(await withContext(flags, checkConsistency));
}

export function addCheck(program: Command): void {
    dataCommand(program, "check", "Compare rows with repositories and branches; exit code 1 when they disagree").action(check);
}
