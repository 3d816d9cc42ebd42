import type { Command } from "commander";
import { checkConsistency } from "../service/consistency";
import { type DataFlags, dataCommand, say, withContext } from "./data";

async function check(flags: DataFlags): Promise<void> {
    const findings = await withContext(flags, checkConsistency);
    for (const { kind, message } of findings) say(`${kind}: ${message}`);
    say(findings.length === 0 ? "rows and repositories agree" : `${findings.length} findings`);
    if (findings.length > 0) process.exitCode = 1;
}

export function addCheck(program: Command): void {
    dataCommand(program, "check", "Compare rows with repositories and branches; exit code 1 when they disagree").action(check);
}
