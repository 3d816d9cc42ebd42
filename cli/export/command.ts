import path from "node:path";
import type { Command } from "commander";
import { openCommandSession } from "../engine/command-session";
import { type EstateChoice, withEstateChoice } from "./estate-choice";
import { exportEstate } from "./export-estate";
import { countEstate } from "./inventory";
import { countLines, leftOutLines, lostSignLines } from "./report";

/** `pulumi-section export`: writes a program that declares an existing estate, and the file that imports it. */
export function addCommand(program: Command): void {
    withEstateChoice(
        program
            .command("export")
            .description(
                "write a program of everything that exists, with a file for pulumi import; change nothing on the platform",
            ),
    )
        .option("--stack <name>", "the stack whose config names endpoint and token, if no environment variable does")
        .addHelpText(
            "after",
            `
Then, in the folder: npm install, pulumi stack init, and pulumi-section adopt . or
  $ pulumi import --file import.json --generate-code=false --protect=false

Examples:
  $ pulumi-section export estate
  $ pulumi-section export estate --organization 1335 1336 --content`,
        )
        .action(async (folder: string, choice: EstateChoice) => {
            const inventory = await exportEstate(await openCommandSession({ stack: choice.stack }), folder, choice);
            const counts = countEstate(inventory);
            const facts = { folder: path.resolve(folder), counts, leftOut: inventory.leftOut };
            const width = Math.max(...Object.keys(counts).map((name) => name.length));
            const lines = [
                `written to ${facts.folder}`,
                ...countLines(counts).map(([name, count]) => `  ${name.padEnd(width)}  ${count}`),
                ...leftOutLines(inventory.leftOut),
                ...(choice.plugin ? lostSignLines(inventory) : []),
            ];
            process.stdout.write(choice.json ? `${JSON.stringify(facts, undefined, 4)}\n` : `${lines.join("\n")}\n`);
        });
}
