import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { createTwoFilesPatch, diffArrays } from "diff";
import { ignoredNames, placeholder } from "pulumi-section/internal";

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

/** Lines with their ends. */
const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** True when a text can come of a file: a variable in the file may stand for any text within its line. */
export function comesFrom(file: string, text: string): boolean {
    const [templates, lines] = [linesOf(file), linesOf(text)];
    const fits = (template: string, line: string) => {
        const parts = template.split(placeholder).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
        return template === line || (parts.length > 1 && new RegExp(`^${parts.join(".*")}$`, "s").test(line));
    };
    return (
        templates.length === lines.length &&
        templates.every((template, index) => fits(template, lines[index] as string))
    );
}

/**
 * Rewrites a file from which `declared` comes, so that `found` comes of it. Undefined where lines with variables would
 * have to change, and where new lines look like ones.
 */
function rewrite(file: string, declared: string, found: string): string | undefined {
    const templates = linesOf(file);
    const result: string[] = [];
    let next = 0;
    for (const { added, removed, value } of diffArrays(linesOf(declared), linesOf(found))) {
        if (added) {
            if (value.some((line) => placeholder.test(line))) return undefined;
            result.push(...value);
            continue;
        }
        const own = templates.slice(next, next + value.length);
        next += value.length;
        if (!removed) result.push(...own);
        else if (own.some((line) => placeholder.test(line))) return undefined;
    }
    return result.join("");
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

/** A change of a file in the program's folder. */
export interface FilePatch {
    path: string;
    /** The file as it is. */
    text: string;
    /** In the form of `git apply`, with paths relative to the folder. */
    patch: string;
}

/**
 * Patches the program's file from which a declared text comes, so that the found text comes of it. Undefined where no
 * file or several match, or where lines with variables would have to change.
 *
 * @param file the path in the environment's repository: the end of the path in the program
 */
export async function patchProgramFile(
    folder: string,
    files: ReadonlyMap<string, readonly string[]>,
    { file, declared, found }: { file: string; declared: string; found: string | undefined },
): Promise<FilePatch | undefined> {
    const sources: { path: string; text: string }[] = [];
    for (const candidate of files.get(path.posix.basename(file)) ?? []) {
        if (candidate !== file && !candidate.endsWith(`/${file}`)) continue;
        const data = await readFile(path.join(folder, candidate));
        const text = data.length > largestBytes ? "" : data.toString("utf8");
        if (comesFrom(text, declared)) sources.push({ path: candidate, text });
    }
    const [source, ...others] = sources;
    if (source === undefined || others.length > 0) return undefined;
    const after = found === undefined ? undefined : rewrite(source.text, declared, found);
    if (after === undefined && found !== undefined) return undefined;
    return { ...source, patch: gitPatch(source.path, source.text, after) };
}
