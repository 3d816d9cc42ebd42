import path from "node:path";
import type { Command } from "commander";
import type { Session } from "pulumi-section/internal";
import { Problem } from "section-model";
import { openCommandSession } from "../engine/command-session";
import { type EstateChoice, withEstateChoice } from "../export/estate-choice";
import { exportEstate } from "../export/export-estate";
import type { ImportFile } from "../export/import-file";
import type { EstateCounts, LeftOut } from "../export/inventory";
import { countLines, leftOutLines } from "../export/report";
import { sayCount } from "../report/say-count";
import { colour } from "../terminal/colour";
import { withProgress } from "../terminal/progress";
import {
    importResources,
    listChanged,
    type PreviewOutcome,
    previewAdoption,
    readImportFile,
    requireEngine,
    requirePackages,
    showPreview,
} from "./adoption";

/** The result of an adoption, as the command prints it. */
export interface AdoptionOutcome {
    isClean: boolean;
    endpoint: string;
    folder: string;
    stack: string;
    counts: EstateCounts;
    /** By this run; resources that the stack had already are not counted. */
    imported: number;
    changes: PreviewOutcome["changes"];
    seconds: number;
    leftOut: LeftOut[];
}

function certificateText({
    isClean,
    endpoint,
    folder,
    stack,
    counts,
    imported,
    changes,
    seconds,
    leftOut,
}: AdoptionOutcome): string {
    const different = listChanged(changes);
    const rows: [string, string][] = [
        ["endpoint", endpoint],
        ["program", `${folder}, stack ${stack}`],
        ...countLines(counts),
        ["imported", imported.toLocaleString("en")],
        ["changes", different.length === 0 ? "0" : different.map(([op, count]) => `${count} to ${op}`).join(", ")],
        ["time", `${seconds.toFixed(1)} s`],
    ];
    const width = Math.max(...rows.map(([name]) => name.length));
    const title = isClean
        ? "Adopted: the program declares what the platform has; nothing was changed"
        : "Not clean: the program differs from the platform; nothing was changed";
    return [
        colour(isClean ? "good" : "bad", title),
        ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
        ...leftOutLines(leftOut),
    ].join("\n");
}

/** The exported program of a folder; where there is none, it is exported now. */
async function requireExported(session: Session, folder: string, choice: EstateChoice): Promise<ImportFile> {
    const exported = await readImportFile(folder);
    if (exported === undefined) await exportEstate(session, folder, choice);
    const file = exported ?? ((await readImportFile(folder)) as ImportFile);
    const { endpoint } = session.settings;
    if (file.export.endpoint === endpoint) return file;
    throw new Problem(
        "invalid-input",
        `${path.resolve(folder)} was exported from ${file.export.endpoint}, but the settings lead to ${endpoint}`,
        {
            remedy: `Set SECTION_ENDPOINT to ${file.export.endpoint}, or export into a new folder`,
        },
    );
}

async function adoptEstate(
    session: Session,
    folder: string,
    stack: string,
    choice: EstateChoice,
): Promise<{ certificate: AdoptionOutcome; difference?: string }> {
    const startedAt = Date.now();
    await requireEngine();
    const file = await requireExported(session, folder, choice);
    requirePackages(folder);
    const adoption = { folder, stack, session };
    const imported = await withProgress(`importing ${sayCount(file.resources.length, "resource")}`, () =>
        importResources(adoption, file),
    );
    const { changes, isClean } = await withProgress("previewing, with a refresh", () => previewAdoption(adoption));
    const { endpoint, counts, leftOut } = file.export;
    const seconds = (Date.now() - startedAt) / 1000;
    const certificate = {
        isClean,
        endpoint,
        folder: path.resolve(folder),
        stack,
        counts,
        imported,
        changes,
        seconds,
        leftOut,
    };
    return { certificate, ...(!isClean && { difference: await showPreview(adoption) }) };
}

/** `pulumi-section adopt`: takes an existing estate into a stack and proves that nothing changes by it. */
export function addCommand(program: Command): void {
    withEstateChoice(
        program
            .command("adopt")
            .description("take everything that exists into a stack, and prove by a preview that nothing changes"),
    )
        .option("--stack <name>", "the stack that takes everything; made if there is none", "estate")
        .addHelpText(
            "after",
            `
The folder is new, or pulumi-section export wrote it. Exit code 1: the preview is not empty; the output shows what differs.

Examples:
  $ pulumi-section adopt estate
  $ pulumi-section export estate --content && (cd estate && npm install) && pulumi-section adopt estate --stack production`,
        )
        .action(async (folder: string, { stack = "estate", ...choice }: EstateChoice) => {
            const { certificate, difference } = await adoptEstate(
                await openCommandSession({ cwd: folder, stack }),
                folder,
                stack,
                choice,
            );
            if (choice.json) process.stdout.write(`${JSON.stringify({ ...certificate, difference }, undefined, 4)}\n`);
            else
                process.stdout.write(
                    `${[...(difference === undefined ? [] : [difference]), certificateText(certificate)].join("\n")}\n`,
                );
            if (!certificate.isClean) process.exitCode = 1;
        });
}
