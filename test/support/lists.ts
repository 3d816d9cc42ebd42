import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { ClientListFile } from "../../provider/agency/client-list-file";
import { withFolder } from "./platform";

/** Lets `read` read a list with this content. Returns its result, or the lines of its error without the folder. */
export async function readList<T>(
    read: (file: string) => T,
    name: string,
    content: string | Buffer,
): Promise<T | string[]> {
    return withFolder(async (folder) => {
        await mkdir(path.join(folder, "there"));
        await writeFile(path.join(folder, name), content);
        try {
            return read(path.join(folder, name));
        } catch (error) {
            assert.equal((error as Error).name, "Problem", (error as Error).stack);
            return (error as Error).message.replaceAll(`${folder}/`, "").split("\n");
        }
    });
}

export type ListEdit = [path: PropertyKey[], value: unknown];

/** The place of a property of a site in a list. */
export const siteAt = (client: number, index: number, ...rest: PropertyKey[]): PropertyKey[] => [
    "clients",
    client,
    "sites",
    index,
    ...rest,
];

/**
 * Gives a list other values, one after the other. Returns the new lines, and by how many lines it is longer; or the
 * words of a refusal.
 */
export async function changeList(name: string, text: string, ...edits: ListEdit[]): Promise<string[]> {
    const words = await readList(
        (file) =>
            edits.reduce<ClientListFile>(
                (list, [at, value]) => list.change({ path: at, value }),
                ClientListFile.read(file),
            ).content,
        name,
        text,
    );
    if (typeof words !== "string") return words;
    const [before, now] = [text.split("\n"), words.split("\n")];
    const more = now.length - before.length;
    return [...now.filter((line) => !before.includes(line)), ...(more === 0 ? [] : [`${more} lines`])];
}
