import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { type Command, Option } from "commander";
import { Problem } from "section-model";
import { errorsOf, type Preview } from "../engine/preview";
import { readPreviewFile, runPreview } from "../engine/run-preview";
import { markdownParts } from "../report/document-markdown";
import { documentPage } from "../report/document-page";
import { documentText } from "../report/document-text";
import { formatOfFile } from "../report/file-format";
import { writeText } from "../terminal/write-text";
import { reviewDocument, reviewTitle } from "./report";
import { type Review, reviewPreview, type Verdict } from "./review";
import { reviewToJson } from "./review-json";

const formats = ["markdown", "html", "json", "text"] as const;
type Format = (typeof formats)[number];

/** The formats of a folder where none is chosen. */
const folderFormats: readonly Format[] = ["markdown", "html", "json"];

interface ReviewOptions {
    stack?: string;
    refresh?: boolean;
    format?: Format;
    json?: boolean;
    out?: string;
    manySites: string;
    partSize: string;
}

export const exitCodes: Readonly<Record<Verdict, number>> = { nothing: 0, changes: 2, risky: 3, failed: 1 };

function numberOf(text: string, option: string, least: number): number {
    const number = Number(text);
    if (Number.isSafeInteger(number) && number >= least) return number;
    throw new Problem("invalid-input", `${option} is ${text}`, { remedy: `Give it a whole number, ${least} or more` });
}

/** The texts of a review: several parts of Markdown. If nothing changes there is no text, except as data. */
function textsOf(review: Review, format: Format, partSize: number): string[] {
    if (format === "json") return [`${JSON.stringify(reviewToJson(review), undefined, 4)}\n`];
    if (review.verdict === "nothing") return [];
    const document = reviewDocument(review);
    if (format === "text") return [`${documentText(document)}\n`];
    return format === "html" ? [documentPage(document)] : markdownParts(document, partSize);
}

const extensions: Readonly<Record<Format, string>> = { markdown: "md", html: "html", json: "json", text: "txt" };
const formatOf = (file: string) => formats.find((format) => format === formatOfFile(file));

/** Joins parts into one text, with a marker before each further part. */
function joinParts(texts: readonly string[]): string {
    return texts
        .map((text, index) => (index === 0 ? text : `\n<!-- part ${index + 1} of ${texts.length} -->\n\n${text}`))
        .join("");
}

/** Writes a file for each part, and removes those of an earlier review. */
async function writeFolder(
    folder: string,
    review: Review,
    chosen: readonly Format[],
    partSize: number,
): Promise<string[]> {
    await mkdir(folder, { recursive: true });
    const old = (await readdir(folder)).filter((name) => /^review(-\d+\.md|\.html|\.json|\.txt)$/.test(name));
    await Promise.all(old.map((name) => rm(path.join(folder, name))));
    const written: string[] = [];
    for (const format of chosen) {
        for (const [index, text] of textsOf(review, format, partSize).entries()) {
            const name = format === "markdown" ? `review-${index + 1}.md` : `review.${extensions[format]}`;
            await writeText(path.join(folder, name), text);
            written.push(path.join(folder, name));
        }
    }
    return written;
}

async function write(review: Review, { format, json, out, partSize }: ReviewOptions): Promise<void> {
    const most = numberOf(partSize, "--part-size", 4000);
    const wanted = json ? "json" : format;
    if (out === undefined) {
        process.stdout.write(joinParts(textsOf(review, wanted ?? "markdown", most)));
        return;
    }
    const byName = formatOf(out);
    if (byName === undefined) {
        for (const file of await writeFolder(out, review, wanted === undefined ? folderFormats : [wanted], most))
            process.stderr.write(`wrote ${file}\n`);
        return;
    }
    await mkdir(path.dirname(out), { recursive: true });
    await writeText(out, joinParts(textsOf(review, wanted ?? byName, most)));
}

async function runNow({ stack, refresh }: ReviewOptions): Promise<Preview> {
    const { isPossible, ...preview } = await runPreview({ stack, refresh });
    if (isPossible || errorsOf(preview).length > 0) return preview;
    return {
        ...preview,
        diagnostics: [
            ...preview.diagnostics,
            { severity: "error", message: "pulumi preview failed and did not say why" },
        ],
    };
}

/** `pulumi-section review`: shows the changes of a preview to reviewers. */
export function addCommand(program: Command): void {
    program
        .command("review")
        .description(
            "show what a preview changes, by client and site, the risks first. Exit code 0: nothing, 2: changes, 3: risky ones, 1: refused or failed",
        )
        .argument(
            "[file]",
            "a preview that was saved by: pulumi preview --json --show-sames; - is stdin. Default: it is run now",
        )
        .option("--stack <name>", "the stack to preview. Default: the one that is selected in this folder")
        .option("--refresh", "compare the state with the platform first")
        .addOption(
            new Option(
                "--format <format>",
                "how to write it; text is for terminals. Default: markdown; into a folder, all but text",
            ).choices(formats),
        )
        .addOption(new Option("--json", "the same as --format json").conflicts("format"))
        .option(
            "--out <path>",
            "a file (.md, .html, .json, .txt), or a folder for review-1.md, review-2.md, ..., review.html and review.json",
        )
        .option("--many-sites <number>", "a change of more production sites than this at once is a risk", "10")
        .option("--part-size <characters>", "the most characters in one part of the Markdown", "60000")
        .addHelpText(
            "after",
            `
If nothing changes, only JSON is written. Secrets are named and never shown.

Examples:
  $ pulumi-section review --stack production --format text
  $ pulumi preview --json --show-sames | pulumi-section review - --format html > review.html
  $ pulumi-section review preview.json --out review`,
        )
        .action(async (file: string | undefined, options: ReviewOptions) => {
            const manySites = numberOf(options.manySites, "--many-sites", 0);
            const preview = file === undefined ? await runNow(options) : await readPreviewFile(file);
            const review = reviewPreview(preview, { manySites });
            await write(review, options);
            process.stderr.write(`${reviewTitle(review)}\n`);
            process.exitCode = exitCodes[review.verdict];
        });
}
