import { type AllBranches, blobIdOf, type FileChange, type FileEdits } from "section-client";
import { formatSectionConfig, isText, parseSectionConfig, sectionConfigPath } from "section-model";
import { diffFiles } from "../../run/file-diff";
import { printable } from "../../run/printable-text";
import { findSecrets } from "../../run/secret-text";
import { withoutBlocks } from "./promotion-content";

/** What a promotion changes in a file. */
export interface FileLines {
    /** A unified diff, without the lines that are over the limit: then its last line says how many. */
    diff?: string;
    /** The reason why there is no diff, in words. */
    note?: string;
}

/** The largest number of lines to show of one promotion, and the longest of them. */
const mostLines = 100;
const longestLine = 300;

/** The files that hold a secret, though nothing in them looks like one. */
export type IsSecret = (path: string) => boolean;

type Contents = ReadonlyMap<string, Buffer>;

async function readFiles(branches: AllBranches, commit: string, paths: readonly string[]): Promise<Contents> {
    const checkout = await branches.checkOut(commit);
    const files = await Promise.all(paths.map(async (path) => [path, await checkout.read(path)] as const));
    return new Map(files.filter((file): file is [string, Buffer] => file[1] !== undefined));
}

const saySize = (data: Buffer) => `${data.length.toLocaleString("en")} bytes`;

function sayBinary(before: Buffer | undefined, after: Buffer | undefined): string {
    if (before === undefined || after === undefined)
        return `a binary file of ${saySize(before ?? after ?? Buffer.of())}`;
    return `a binary file of ${saySize(after)}, before ${saySize(before)}`;
}

const shortBlob = (data: Buffer | undefined) => (data === undefined ? "nothing" : blobIdOf(data).slice(0, 10));
const cutLine = (line: string) => (line.length <= longestLine ? line : `${line.slice(0, longestLine)}…`);

function showFile(path: string, before: Buffer | undefined, after: Buffer | undefined, room: number): FileLines {
    if ([before, after].some((data) => data !== undefined && !isText(data))) return { note: sayBinary(before, after) };
    const [from, to] = [before, after].map((data) => {
        const text = data?.toString("utf8");
        const isConfig = text !== undefined && path === sectionConfigPath;
        return isConfig ? formatSectionConfig(withoutBlocks(parseSectionConfig(text))) : text;
    });
    if ([from, to].some((text) => findSecrets(text ?? "").length > 0))
        return { note: "has a line that looks like a secret, so that none is shown" };
    const lines = printable(diffFiles(from, to).text.replace(/\n$/, "")).split("\n");
    if (lines.join("") === "") return { note: "whether it is executable" };
    if (lines.length <= room) return { diff: lines.map(cutLine).join("\n") };
    // with the ids of both files, so that equal beginnings of different changes are not taken for the same change
    const rest = `${lines.length - room} more lines, from ${shortBlob(before)} to ${shortBlob(after)}`;
    return room === 0 ? { note: rest } : { diff: [...lines.slice(0, room).map(cutLine), `\\ and ${rest}`].join("\n") };
}

/**
 * The lines that a promotion changes, by file. Files that hold a secret and binary files have a note instead.
 *
 * @param changes the files that differ, as far as they are named
 * @param edits what is written over the second commit
 */
export async function showLines(
    branches: AllBranches,
    [from, to]: readonly [from: string, to: string],
    changes: readonly FileChange[],
    isSecret: IsSecret,
    edits: FileEdits = new Map(),
): Promise<Record<string, FileLines>> {
    const open = changes.map(({ path }) => path).filter((path) => !isSecret(path));
    // one after the other: a clone has one folder for both
    const before = await readFiles(branches, from, open);
    const after = new Map(await readFiles(branches, to, open));
    for (const [path, content] of edits)
        if (content === null) after.delete(path);
        else after.set(path, Buffer.from(content));
    const shown: Record<string, FileLines> = {};
    let room = mostLines;
    for (const { path } of changes) {
        const lines = isSecret(path)
            ? { note: "a secret, which is not shown" }
            : showFile(path, before.get(path), after.get(path), room);
        room = Math.max(0, room - (lines.diff?.split("\n").length ?? 0));
        shown[path] = lines;
    }
    return shown;
}
