import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { type GitResult, git, mustGit } from "./git";
import { type RunningPlatform, withFolder } from "./platform";
import { fresh } from "./stores";

/** A clone of a new site's Production, for changes by hand. */
export interface Clone {
    folder: string;
    gitUrl: string;
    account: number;
    application: number;
    /** Path of the environments in the API. */
    root: string;
    /** Writes a file and commits it. */
    write(file: string, text: string | Buffer): Promise<void>;
    push(...args: string[]): Promise<GitResult>;
    /** Runs git in the clone, signed in. */
    git(...args: string[]): Promise<string>;
    /** Another clone of the same site. */
    again(name: string, ...args: string[]): Promise<string>;
}

/** Writes a file in a clone and commits it. */
export async function commitFile(folder: string, file: string, text: string | Buffer): Promise<void> {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
    await mustGit(folder, undefined, "add", "--all", "--force");
    await mustGit(folder, undefined, "commit", "--quiet", "--message", `write ${file}`);
}

export async function withClone(platform: RunningPlatform, work: (clone: Clone) => Promise<void>): Promise<void> {
    const { token } = platform;
    const { account, application, gitUrl } = await platform.api.makeSite("Acme", `${fresh("git")}.acme.example`);
    await withFolder(async (elsewhere) => {
        const folder = path.join(elsewhere, "clone");
        const again = async (name: string, ...args: string[]) => {
            await mustGit(elsewhere, token, "clone", "--quiet", ...args, gitUrl, name);
            return path.join(elsewhere, name);
        };
        await again("clone");
        await work({
            folder,
            gitUrl,
            account,
            application,
            root: `/account/${account}/application/${application}/environment`,
            write: (file, text) => commitFile(folder, file, text),
            push: (...args) => git(folder, token, "push", ...args),
            git: (...args) => mustGit(folder, token, ...args),
            again,
        });
    });
}
