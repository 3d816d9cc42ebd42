import type { SimpleGit } from "simple-git";

/** Author and time of a commit. */
export interface Signature {
    id: string;
    /** The author. */
    name: string;
    email: string;
    /** ISO 8601. */
    date: string;
    subject: string;
}

const fields = "%H%x00%an%x00%ae%x00%cI%x00%s";

/** The commits that `git log` lists with these options, in its order. */
export async function listSignatures(git: SimpleGit, options: readonly string[]): Promise<Signature[]> {
    const listing = await git.raw(["log", `--format=${fields}`, ...options]);
    return listing
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => {
            const [id = "", name = "", email = "", date = "", subject = ""] = line.split("\0");
            return { id, name, email, date, subject };
        });
}

export async function readSignature(git: SimpleGit, commit: string): Promise<Signature> {
    const [signature] = await listSignatures(git, ["-1", commit]);
    return signature as Signature;
}
