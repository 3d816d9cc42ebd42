import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
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
