import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { type Memory, Slot } from "../../run/memory";

const found = new Slot(() => new Map<string, Promise<string | undefined>>());

const readText = (file: string) => readFile(file, "utf8").catch(() => undefined);

/** The folder of git for a work tree: a worktree and a submodule have a file that names it. */
async function findGitFolder(folder: string): Promise<string | undefined> {
    const place = path.join(folder, ".git");
    if (
        await stat(place).then(
            (found) => found.isDirectory(),
            () => false,
        )
    )
        return place;
    const named = /^gitdir: (.+)$/m.exec((await readText(place)) ?? "")?.[1];
    if (named !== undefined) return path.resolve(folder, named);
    const above = path.dirname(folder);
    return above === folder ? undefined : findGitFolder(above);
}

async function readCommit(folder: string): Promise<string | undefined> {
    const gitFolder = await findGitFolder(folder);
    if (gitFolder === undefined) return undefined;
    const head = (await readText(path.join(gitFolder, "HEAD")))?.trim() ?? "";
    const ref = /^ref: (.+)$/.exec(head)?.[1];
    const common = path.resolve(gitFolder, (await readText(path.join(gitFolder, "commondir")))?.trim() ?? ".");
    const packed = async () =>
        (await readText(path.join(common, "packed-refs")))?.split("\n").find((line) => line.endsWith(` ${ref}`));
    const id = ref === undefined ? head : ((await readText(path.join(common, ref))) ?? (await packed()));
    return /^[0-9a-f]{40}/.exec(id ?? "")?.[0];
}

/**
 * The commit that the program's folder is at, without edits that are not committed yet. Undefined outside of a git
 * repository. Looked up once in a run.
 */
export function findProgramCommit(memory: Memory, folder = process.cwd()): Promise<string | undefined> {
    const known = memory.of(found);
    const commit = known.get(folder) ?? readCommit(folder);
    known.set(folder, commit);
    return commit;
}
