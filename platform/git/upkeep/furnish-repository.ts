import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { unlessMissing } from "../objects/missing-file";

/** The configuration of every repository. Git runs commands that one names: nobody else writes it. */
export const repositoryConfiguration = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n";

/** Makes the folders that git expects in a repository. */
export async function makeFolders(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await Promise.all([
        mkdir(path.join(folder, "objects"), { recursive: true }),
        mkdir(path.join(folder, "refs", "heads"), { recursive: true }),
    ]);
}

export async function writeConfiguration(folder: string): Promise<void> {
    await writeFile(path.join(folder, "config"), repositoryConfiguration, { flush: true });
}

/** Makes everything that git expects in a repository beside HEAD, and the platform's configuration. */
export async function furnishRepository(folder: string): Promise<void> {
    await makeFolders(folder);
    await writeConfiguration(folder);
}

/**
 * Puts the platform's configuration in the place of another one, which somebody wrote by hand or an older platform
 * restored. Some of git's settings name commands and cannot be overridden, such as `gc.recentObjectsHook`.
 */
export async function mendConfiguration(folder: string): Promise<void> {
    const file = path.join(folder, "config");
    if ((await unlessMissing(readFile(file, "utf8"))) === repositoryConfiguration) return;
    await writeFile(`${file}.lock`, repositoryConfiguration, { flush: true });
    await rename(`${file}.lock`, file);
}
