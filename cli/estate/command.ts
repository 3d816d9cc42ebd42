import path from "node:path";
import { type Command, Option } from "commander";
import { Problem } from "section-model";
import { openCommandSession } from "../engine/command-session";
import { withProgress } from "../terminal/progress";
import { writeText } from "../terminal/write-text";
import { compareIfThere } from "./compare-stack";
import type { EstateReport } from "./report";
import { reportCsv } from "./report-csv";
import { reportPage } from "./report-page";
import { reportText } from "./report-text";
import { surveyEstate } from "./survey";

interface EstateOptions {
    out?: string;
    format?: string;
    json?: boolean;
    organization?: string[];
    stack?: string;
    drift: boolean;
}

const formats: Record<string, (report: EstateReport) => string> = {
    text: (report) => `${reportText(report)}\n`,
    html: reportPage,
    csv: reportCsv,
    json: (report) => `${JSON.stringify(report, undefined, 4)}\n`,
};

/** The format that is asked for, else by the name of the file, else text. */
export function formatOf({ out, format, json }: Pick<EstateOptions, "out" | "format" | "json">): string {
    if (format !== undefined || json) return format ?? "json";
    if (out === undefined) return "text";
    const ending = path.extname(out).slice(1).toLowerCase();
    if (ending === "htm") return "html";
    if (ending === "txt") return "text";
    if (ending !== "text" && ending in formats) return ending;
    throw new Problem("invalid-input", `the name of ${out} does not say the format`, {
        remedy: "End its name in .html, .json or .csv, or name a --format",
    });
}

/** `pulumi-section estate`: every client, site, environment and hostname, and how each is. */
export function addCommand(program: Command): void {
    program
        .command("estate")
        .description(
            "show everything: clients, sites, environments, hostnames; what is live, has drifted or ends soon; who changed it last",
        )
        .option("--out <file>", "write to this file, whose ending says the format, and print a summary")
        .addOption(
            new Option("--format <name>", "what to print or write. Default: a summary in words").choices(
                Object.keys(formats),
            ),
        )
        .addOption(new Option("--json", "short for --format json").conflicts("format"))
        .option("--organization <id...>", "only these organizations. Default: every one that the token's user is in")
        .option(
            "--stack <name>",
            "the stack to compare with; its config names endpoint and token, if no environment variable does. Default: the selected one",
        )
        .option("--no-drift", "compare with no stack")
        .addHelpText(
            "after",
            `
Nothing is changed. In the folder of a program the sites are compared with its stack, too.

Examples:
  $ pulumi-section estate
  $ pulumi-section estate --out estate.html
  $ pulumi-section estate --stack production --format csv > estate.csv`,
        )
        .action(async (options: EstateOptions) => {
            const { out, organization: organizations, stack, drift } = options;
            const format = formatOf(options);
            const session = await openCommandSession({ stack });
            const { endpoint } = session.client.connection;
            const compared = drift
                ? await withProgress("comparing with the stack", () => compareIfThere({ stack }, endpoint))
                : "--no-drift was given";
            const report = await withProgress("reading the estate", () =>
                surveyEstate(session, { organizations, compared }),
            );
            const render = formats[format] as (report: EstateReport) => string;
            if (out === undefined) process.stdout.write(render(report));
            else {
                const text = render(report);
                await writeText(out, text);
                process.stdout.write(`${reportText(report)}\n`);
                process.stderr.write(
                    `written to ${path.resolve(out)}, ${Buffer.byteLength(text).toLocaleString("en")} bytes\n`,
                );
            }
        });
}
