import type { Command } from "commander";
import { checkConsistency, type Finding } from "../service/consistency";
import { findingRemedies } from "../service/finding-remedy";
import { inspectRepositories } from "../service/inspect-repositories";
import { inspectTables } from "../store/inspect-tables";
import { type DataFlags, dataCommand, show, withContext, withExamples } from "./data-command";
import { withProgress } from "./progress";

export function checkHere(flags: DataFlags): Promise<Finding[]> {
    return withContext(flags, async (context) => {
        const damaged = await withProgress("reading tables", () => inspectTables(context.store.database));
        if (damaged.length > 0) return damaged; // nothing can be compared with rows that cannot be read
        const findings = [
            ...(await withProgress("checking repositories", (step) => checkConsistency(context, { step }))),
            ...(await withProgress("reading objects", (step) => inspectRepositories(context, { step }))),
        ];
        const named = new Set<string>();
        return findings.filter(({ message }) => !named.has(message) && named.add(message));
    });
}

/**
 * Shows the differences between rows and repositories, and ends with 1 when there are any. `facts` are of the steps
 * before.
 */
export function reportConsistency(flags: DataFlags, findings: readonly Finding[], facts: object = {}): void {
    const outcome = findings.length === 0 ? "rows and repositories agree" : `${findings.length} findings`;
    const documents = findings.map((finding) => ({ ...finding, remedy: findingRemedies[finding.kind] }));
    const kinds = [...new Set(findings.map(({ kind }) => kind))];
    const lines = kinds.flatMap((kind) => [
        ...findings.filter((finding) => finding.kind === kind).map(({ message }) => `${kind}: ${message}`),
        `  ${findingRemedies[kind]}.`,
    ]);
    show(flags, { ...facts, findings: documents }, [...lines, outcome]);
    if (findings.length > 0) process.exitCode = 1;
}

export function addCheck(program: Command): void {
    const command = dataCommand(
        program,
        "check",
        "Read every row and every object, and compare rows with repositories; exit code 1 when something is wrong",
    ).action(async (flags: DataFlags) => reportConsistency(flags, await checkHere(flags)));
    withExamples(command, "check --data-dir ./section-data", "check --data-dir ./section-data --json");
}
