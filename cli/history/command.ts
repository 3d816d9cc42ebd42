import { type Command, Option } from "commander";
import { findEstate } from "pulumi-section/internal";
import { Problem } from "section-model";
import { openCommandSession } from "../engine/command-session";
import { withProgress } from "../terminal/progress";
import { writeResult } from "../terminal/write-text";
import { chooseSite } from "./choose-site";
import { type HistoryPage, readHistory, type SiteHistory } from "./read-history";
import { historyWriters } from "./report";

interface HistoryOptions {
    environment?: string[];
    limit: string;
    before?: string;
    format: string;
    json?: boolean;
    out?: string;
    stack?: string;
}

const mostCommits = 10_000;

function pageOf({ limit, before }: HistoryOptions): HistoryPage {
    const number = Number(limit);
    if (!Number.isSafeInteger(number) || number < 1 || number > mostCommits)
        throw new Problem("invalid-input", `--limit is ${limit}`, {
            remedy: `Give it a whole number from 1 to ${mostCommits.toLocaleString("en")}`,
        });
    if (before !== undefined && !/^[0-9a-f]{7,40}$/i.test(before))
        throw new Problem("invalid-input", `--before is ${before}`, {
            remedy: "Give it the id of a commit, or the first 7 digits of it or more",
        });
    return { limit: number, before };
}

async function look(site: string, options: HistoryOptions): Promise<SiteHistory> {
    const page = pageOf(options);
    const session = await openCommandSession({ stack: options.stack });
    const estate = await withProgress("reading the estate", () => findEstate(session.client));
    const chosen = chooseSite(estate, site, options.environment);
    return withProgress("reading the commits", () => readHistory(session, chosen, page));
}

/** `pulumi-section history`: lists the commits of a site, and how a program puts one of them live. */
export function addCommand(program: Command): void {
    program
        .command("history")
        .description(
            "list the commits of a site: id, who, when, what, which environment has it now, and the line of a program that puts it live",
        )
        .argument("<site>", "a hostname or the id of a site, such as 1335/7171, or of an environment of it")
        .option("--environment <name...>", "only these environments. Default: all")
        .option("--limit <number>", "the most commits of each environment", "20")
        .option("--before <commit>", "only those before this commit, by 7 digits of its id or more")
        .addOption(
            new Option("--format <name>", "format of the answer").choices(Object.keys(historyWriters)).default("text"),
        )
        .option("--json", "the answer as one JSON document")
        .option("--out <file>", "write the answer to this file")
        .option("--stack <name>", "the stack whose config names endpoint and token, if no environment variable does")
        .addHelpText(
            "after",
            `
Nothing is changed. Exit code 0: the answer is printed; 1: failed.

Examples:
  $ pulumi-section history www.acme.example
  $ pulumi-section history 1335/7171 --environment Staging --limit 5
  $ pulumi-section history www.acme.example --environment Production --before fa2b6a7413
  $ pulumi-section history www.acme.example --format csv --out history.csv`,
        )
        .action(async (site: string, options: HistoryOptions) => {
            const history = await look(site, options);
            const write = historyWriters[options.format] as (shown: SiteHistory) => string;
            await writeResult(options.json ? JSON.stringify(history, undefined, 4) : write(history), options.out);
        });
}
