import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** The configuration of every repository. Git runs commands that one names: nobody else writes it. */
export const repositoryConfiguration = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n";

/** Makes the files that git expects in a repository beside HEAD, and the platform's configuration. */
export async function furnishRepository(folder: string): Promise<void> {
    await mkdir(path.join(folder, "objects"), { recursive: true });
    await mkdir(path.join(folder, "refs", "heads"), { recursive: true });
    await writeFile(path.join(folder, "config"), repositoryConfiguration, { flush: true });
}
