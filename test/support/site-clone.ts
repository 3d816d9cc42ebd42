import { mustGit } from "./git";

/** A clone of a site, as somebody else looks at it. Every question fetches first. */
export interface SiteClone {
    /** The text of a file. Default: in Production. */
    show(file: string, branch?: string): Promise<string>;
    /** A line for each commit, the newest first. Default: its subject. */
    log(branch: string, format?: string): Promise<string[]>;
}

export async function cloneSite(folder: string, token: string, gitUrl: string): Promise<SiteClone> {
    const clone = `${folder}/clone`;
    await mustGit(folder, token, "clone", "--quiet", gitUrl, "clone");
    const read = async (...question: string[]) => {
        await mustGit(clone, token, "fetch", "--quiet", "--prune");
        return mustGit(clone, undefined, ...question);
    };
    return {
        show: (file, branch = "Production") => read("show", `origin/${branch}:${file}`),
        log: async (branch, format = "%s") =>
            (await read("log", `--format=${format}`, `origin/${branch}`)).trim().split("\n"),
    };
}
