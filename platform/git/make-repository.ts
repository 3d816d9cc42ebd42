import { randomBytes } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { failpoint } from "../failpoint";
import { syncFolder } from "./references/reference-update";
import { settleAll } from "./settle-all";
import { makeFolders, writeConfiguration } from "./upkeep/furnish-repository";

/** Gives a folder its name, unless another process has given that name to its own. */
async function takeName(folder: string, finished: string): Promise<boolean> {
    try {
        await rename(folder, finished);
    } catch (error) {
        if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
        await rm(folder, { recursive: true, force: true });
        return false;
    }
    await syncFolder(path.dirname(finished));
    return true;
}

/**
 * Makes a bare repository under a temporary name, has `fill` put objects and branches into it, and only then gives it
 * its name: nobody ever sees half of one. Returns the result of `fill`, or undefined when another process has made one
 * under that name meanwhile.
 *
 * @param fill the folders are there from the beginning; for git it is a repository once `isFurnished`
 */
export async function makeRepository<T>(
    finished: string,
    branch: string,
    fill: (folder: string, isFurnished: Promise<void>) => Promise<T>,
): Promise<T | undefined> {
    const folder = `${finished}.${randomBytes(4).toString("hex")}.new`;
    try {
        await makeFolders(folder);
        const isFurnished = settleAll([
            writeConfiguration(folder),
            writeFile(path.join(folder, "HEAD"), `ref: refs/heads/${branch}\n`, { flush: true }),
        ]);
        const filling = fill(folder, isFurnished);
        await settleAll([isFurnished, filling]);
        const filled = await filling;
        failpoint("git.before-ref");
        return (await takeName(folder, finished)) ? filled : undefined;
    } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw error;
    }
}
