import { Command } from "commander";
import { isProblem } from "section-model";
import { addAdopt } from "./adopt";
import { addDrift } from "./drift";
import { addExport } from "./export";
import { addWaves } from "./waves";
import { addWhoami } from "./whoami";

/** Runs the `pulumi-section` command. Expected failures are a few lines on stderr and exit code 1. */
export async function main(argv: readonly string[]): Promise<void> {
    const program = new Command("pulumi-section").description("Looks at the sites that Pulumi keeps on the Section platform.").showHelpAfterError();
    for (const add of [addWhoami, addDrift, addExport, addAdopt, addWaves]) add(program);
    try {
        await program.parseAsync([...argv]);
    } catch (error) {
        const { message, stack } = error as Error;
        process.stderr.write(`pulumi-section: ${isProblem(error) ? message : stack}\n`);
        process.exitCode = 1;
    }
}
