import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { type GitResult, git, mustGit } from "./git";
import { withFolder } from "./platform";

export interface Push {
    branch?: string;
    message?: string;
    /** Path -> text, or null to remove the file. */
    files: Record<string, string | null>;
    /** How many times to rebase and push again when another push was faster. Default: 0. */
    retries?: number;
}

/**
 * Clones with stock git, commits files and pushes, as a person does. Returns the output of the last push and the number
 * of pushes.
 */
export function pushFiles(
    token: string,
    gitUrl: string,
    { branch = "Production", message = "by hand", files, retries = 0 }: Push,
) {
    return withFolder(async (folder): Promise<GitResult & { pushes: number }> => {
        const clone = path.join(folder, "clone");
        await mustGit(folder, token, "clone", "--quiet", "--branch", branch, gitUrl, clone);
        for (const [file, text] of Object.entries(files)) {
            await mkdir(path.dirname(path.join(clone, file)), { recursive: true });
            if (text === null) await rm(path.join(clone, file));
            else await writeFile(path.join(clone, file), text);
        }
        await mustGit(clone, undefined, "add", "--all", "--force");
        await mustGit(clone, undefined, "commit", "--quiet", "--message", message);
        for (let pushes = 1; ; pushes += 1) {
            const result = await git(clone, token, "push", "origin", branch);
            if (result.code === 0 || pushes > retries) return { ...result, pushes };
            await mustGit(clone, token, "pull", "--quiet", "--rebase", "origin", branch);
        }
    });
}
