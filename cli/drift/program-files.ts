import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { createTwoFilesPatch } from "diff";
import { ignoredNames } from "pulumi-section/internal";
import { sayNames } from "../report/say-names";
import { comesFrom, type FilledValue, rewriteFile, type StuckLine } from "./filled-lines";

const largestBytes = 1024 * 1024;

/** Files below a folder by the last part of their path. */
export async function listProgramFiles(folder: string): Promise<Map<string, string[]>> {
    const byName = new Map<string, string[]>();
    const visit = async (below: string): Promise<void> => {
        const entries = await readdir(path.join(folder, below), { withFileTypes: true });
        for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
            if (ignoredNames.has(entry.name)) continue;
            const name = below === "" ? entry.name : `${below}/${entry.name}`;
            if (entry.isDirectory()) await visit(name);
            else if (entry.isFile()) byName.set(entry.name, [...(byName.get(entry.name) ?? []), name]);
        }
    };
    await visit("");
    return byName;
}

/** A change of a file in the form of `git apply`; `after` is missing when the file goes. */
function gitPatch(file: string, before: string, after: string | undefined): string {
    const lines = createTwoFilesPatch(
        `a/${file}`,
        after === undefined ? "/dev/null" : `b/${file}`,
        before,
        after ?? "",
    );
    const mode = after === undefined ? "deleted file mode 100644\n" : "";
    return `diff --git a/${file} b/${file}\n${mode}${lines.slice(lines.indexOf("--- "))}`;
}

/** A file in the program's folder from which a declared text comes. */
export interface ProgramFile {
    path: string;
    text: string;
}

/** How such a file has to change. */
export interface ProgramFileChange extends ProgramFile {
    /** In the form of `git apply`, with paths relative to the folder. Missing where the file stays as it is. */
    patch?: string;
    /** Variables of the file that need another value. */
    values: readonly FilledValue[];
    /** The line that a person has to edit; the rest is missing then. */
    stuck?: StuckLine;
}

/** Text from the program's files. Missing where no file or several match; `why` says so, if a file has that path. */
export interface ProgramSource {
    source?: ProgramFile;
    why?: string;
}

/**
 * Finds the program's file from which a declared text comes.
 *
 * @param file the path in the environment's repository: the end of the path in the program
 */
export async function findProgramFile(
    folder: string,
    files: ReadonlyMap<string, readonly string[]>,
    { file, declared }: { file: string; declared: string },
): Promise<ProgramSource> {
    const candidates: ProgramFile[] = [];
    for (const candidate of files.get(path.posix.basename(file)) ?? []) {
        if (candidate !== file && !candidate.endsWith(`/${file}`)) continue;
        const data = await readFile(path.join(folder, candidate));
        if (data.length <= largestBytes) candidates.push({ path: candidate, text: data.toString("utf8") });
    }
    const sources = candidates.filter(({ text }) => comesFrom(text, declared));
    if (sources.length === 1) return { source: sources[0] };
    if (candidates.length === 0) return {};
    const named = sayNames((sources.length === 0 ? candidates : sources).map((each) => each.path));
    return {
        why:
            sources.length === 0
                ? `there is no patch, because ${named} has another text than the last up applied`
                : `there is no patch, because the text may come from each of ${named}`,
    };
}

/** Changes a file from which `declared` comes, so that `found` comes of it. Undefined: it goes. */
export function changeProgramFile(source: ProgramFile, declared: string, found: string | undefined): ProgramFileChange {
    if (found === undefined) return { ...source, values: [], patch: gitPatch(source.path, source.text, undefined) };
    const after = rewriteFile(source.text, declared, found);
    if (!("text" in after)) return { ...source, values: [], stuck: after };
    const patch = after.text === source.text ? undefined : gitPatch(source.path, source.text, after.text);
    return { ...source, values: after.values, ...(patch && { patch }) };
}
