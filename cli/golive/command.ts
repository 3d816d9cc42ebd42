import { type Command, Option } from "commander";
import { findEstate } from "pulumi-section/internal";
import { openCommandSession } from "../engine/command-session";
import { documentMarkdown } from "../report/document-markdown";
import { documentPage } from "../report/document-page";
import { documentText } from "../report/document-text";
import { chooseFormat } from "../report/file-format";
import { chooseClientOrSite } from "../terminal/choose-client";
import { withProgress } from "../terminal/progress";
import { writeResult } from "../terminal/write-text";
import { type GoLiveSheet, takeSheet } from "./golive-sheet";
import { sheetDocument } from "./report";
import { sheetCsv } from "./sheet-csv";

interface GoLiveOptions {
    format?: keyof typeof writers;
    json?: boolean;
    out?: string;
    stack?: string;
}

const writers = {
    markdown: (sheet: GoLiveSheet) => documentMarkdown(sheetDocument(sheet)),
    text: (sheet: GoLiveSheet) => documentText(sheetDocument(sheet)),
    csv: sheetCsv,
    html: (sheet: GoLiveSheet) => documentPage(sheetDocument(sheet)),
    json: (sheet: GoLiveSheet) => JSON.stringify(sheet, undefined, 4),
};

async function makeSheet(target: string, { stack }: GoLiveOptions): Promise<GoLiveSheet> {
    const session = await openCommandSession({ stack });
    const choice = chooseClientOrSite(
        await withProgress("reading the estate", () => findEstate(session.client)),
        target,
    );
    return withProgress("asking the DNS and the platform", () => takeSheet(session, choice));
}

/** `pulumi-section golive`: lists the DNS changes that a client has to make, in order, and the progress. */
export function addCommand(program: Command): void {
    program
        .command("golive")
        .description(
            "print the sheet for going live: what to change at which DNS host, in which order, and what the DNS has now",
        )
        .argument("<client|site>", "an organization's id or name, or a site's id or any of its hostnames")
        .addOption(
            new Option(
                "--format <name>",
                "format of the sheet; text is for terminals. Default: the ending of --out, else markdown",
            ).choices(Object.keys(writers)),
        )
        .addOption(new Option("--json", "the same as --format json").conflicts("format"))
        .option("--out <file>", "write the sheet to this file")
        .option(
            "--stack <name>",
            "the stack whose config names endpoint, token and resolver, if no environment variable does",
        )
        .addHelpText(
            "after",
            `
Nothing is changed. Exit code 0: the sheet is printed, whatever it says; 1: failed.

Examples:
  $ pulumi-section golive Acme
  $ pulumi-section golive Acme --format text
  $ pulumi-section golive www.acme.example --out acme.html
  $ pulumi-section golive 1335 --out acme.csv`,
        )
        .action(async (target: string, options: GoLiveOptions) => {
            const sheet = await makeSheet(target, options);
            await writeResult(writers[chooseFormat(options, "markdown")](sheet), options.out);
        });
}
