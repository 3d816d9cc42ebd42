import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type { Repositories, RepositoryKey } from "../repositories";
import { type FileChange, type PatchLimits, PatchReader } from "./patch-reader";

export type { FileChange, Hunk, PatchLine } from "./patch-reader";

/** The difference between two trees. */
export interface Difference {
    files: FileChange[];
    /** Reading was given up: there may be files that are not named. */
    isCut: boolean;
}

export interface DiffLimits extends PatchLimits {
    /** Characters read of git's output. */
    characters: number;
    timeoutMs: number;
}

const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

interface ComparedTrees {
    before?: string;
    after: string;
    /** Objects that git has to see beside those of the repository, as `environment` of an ObjectStore names them. */
    environment?: Readonly<Record<string, string>>;
}

/** Files larger than this count as binary: nobody reads them, and comparing them takes long. */
const largestText = "1m";

const usualLimits: DiffLimits = { files: 100, lines: 500, width: 1000, characters: 4 * 1024 * 1024, timeoutMs: 10_000 };

/**
 * Lines end where git ends them; other characters that break lines belong to the text. Returns whether all was read.
 */
async function readLines(stream: Readable, mostCharacters: number, read: (line: string) => void): Promise<boolean> {
    const decoder = new StringDecoder("utf8");
    let left = mostCharacters;
    let rest = "";
    for await (const chunk of stream) {
        const text = decoder.write(chunk as Buffer);
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) read(line);
        left -= text.length;
        if (left < 0) return false;
    }
    return true;
}

/**
 * Compares two trees; without `before` everything is new. It runs in a process of its own, so that a costly comparison
 * keeps nobody else waiting. After a while it is given up: the answer is then the part found so far.
 */
export async function readDifference(
    repositories: Repositories,
    key: RepositoryKey,
    trees: ComparedTrees,
    limits: Partial<DiffLimits> = {},
): Promise<Difference> {
    const { characters, timeoutMs, ...kept } = { ...usualLimits, ...limits };
    const child = await repositories.git.start({
        gitDir: repositories.folder(key),
        asker: key,
        verb: "diff-tree",
        flags: ["-r", "--raw", "--numstat", "--patch", "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv"],
        operands: [trees.before ?? emptyTree, trees.after],
        // a .gitattributes in the content must not hide changes from a reviewer
        environment: {
            GIT_ATTR_SOURCE: emptyTree,
            GIT_CONFIG_COUNT: "1",
            GIT_CONFIG_KEY_0: "core.bigFileThreshold",
            GIT_CONFIG_VALUE_0: largestText,
            ...trees.environment,
        },
        timeoutMs,
    });
    child.stdin.end();
    const reader = new PatchReader(kept);
    const isAll = await readLines(child.stdout, characters, (line) => reader.read(line));
    const { exitCode, stderr } = await child.ended;
    key.signal?.throwIfAborted();
    if (isAll && exitCode !== 0 && stderr !== "") throw repositories.git.failure("diff-tree", exitCode, stderr);
    const isCut = !isAll || exitCode !== 0;
    if (isCut) reader.cut();
    return { files: reader.files, isCut };
}
