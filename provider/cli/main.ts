import { Command } from "commander";
import { isProblem } from "section-model";
import { addAccess } from "./access";
import { addAdopt } from "./adopt";
import { addApply } from "./apply";
import { addDrift } from "./drift";
import { addEstate } from "./estate";
import { addExport } from "./export";
import { addGoLive } from "./golive";
import { addRehearse } from "./rehearse";
import { addPlan } from "./plan";
import { addWhoami } from "./whoami";

/** Runs the `pulumi-section` command. Expected failures are a few lines on stderr and exit code 1. */
export async function main(argv: readonly string[]): Promise<void> {
    const program = new Command("pulumi-section").description("Looks at the sites that Pulumi keeps on the Section platform.").showHelpAfterError();
    for (const add of [addWhoami, addDrift, addExport, addAdopt, addGoLive, addAccess, addEstate, addRehearse, addPlan, addApply]) add(program);
    try {
        await program.parseAsync([...argv]);
    } catch (error) {
        const { message, stack } = error as Error;
        process.stderr.write(`pulumi-section: ${isProblem(error) ? message : stack}\n`);
        process.exitCode = 1;
    }
}
