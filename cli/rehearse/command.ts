import type { Command } from "commander";
import { stopPrograms } from "../engine/engine";
import { takeInterrupts } from "../engine/interrupt";
import type { Rehearsal } from "./rehearsal";
import { rehearse } from "./rehearse";
import { sayRehearsal } from "./report";

interface RehearseOptions {
    stack?: string;
    organization?: string[];
    keep?: boolean;
    json?: boolean;
}

const failed = 2;
const signalNumbers = { SIGINT: 2, SIGTERM: 15 } as const;

/** Lets an interrupt end `work` and its children. Resolves with undefined after an interrupt. */
async function untilInterrupted(work: (signal: AbortSignal) => Promise<Rehearsal>): Promise<Rehearsal | undefined> {
    const interruption = new AbortController();
    const interrupt = (signal: NodeJS.Signals) => {
        if (interruption.signal.aborted) process.exit(128 + signalNumbers[signal as "SIGINT"]); // the second one is impatient
        process.exitCode = 128 + signalNumbers[signal as "SIGINT"];
        process.stderr.write("interrupted: removing the copy\n");
        interruption.abort();
        stopPrograms();
    };
    const giveBack = takeInterrupts(interrupt);
    try {
        return await work(interruption.signal);
    } catch (error) {
        if (interruption.signal.aborted) return undefined;
        throw error;
    } finally {
        giveBack();
    }
}

/** `pulumi-section rehearse`: runs the real `pulumi up`, on a copy of the live platform. */
export function addCommand(program: Command): void {
    program
        .command("rehearse")
        .description(
            "apply the program to a copy of the live estate, and say how it went. Exit code 0: it applies and settles, 2: it does not, 1: no rehearsal",
        )
        .option("--stack <name>", "the stack to rehearse with. Default: the one that is selected in this folder")
        .option(
            "--organization <ids...>",
            "copy only these organizations, and those that the stack has things of. Default: all that the token's user is an admin of",
        )
        .option("--keep", "keep the copy and let its platform run, and say where")
        .option("--json", "the answer as one JSON document")
        .addHelpText(
            "after",
            `
Nothing live changes: the platform is read by GET and git clone, the stack by pulumi stack export. docs/rehearse.md in this package says what the copy lacks.

Examples:
  $ pulumi-section rehearse
  $ pulumi-section rehearse --stack production --organization 1335
  $ pulumi-section rehearse --keep --json > rehearsal.json`,
        )
        .action(async ({ stack, organization, keep = false, json }: RehearseOptions) => {
            const choice = { stack, cwd: process.cwd(), organizations: organization, keep };
            const rehearsal = await untilInterrupted((signal) => rehearse({ ...choice, signal }));
            if (rehearsal === undefined) return;
            process.stdout.write(`${json ? JSON.stringify(rehearsal, undefined, 4) : sayRehearsal(rehearsal)}\n`);
            if (rehearsal.outcome !== "ok") process.exitCode = failed;
        });
}
