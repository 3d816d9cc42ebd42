/**
 * The kind of a repository's file in a backup, by its name. A restore takes an object as it is, reads references and
 * writes them anew, and leaves out a configuration, because git runs commands that it names.
 */
export type RestoredKind = "object" | "head" | "packed-references" | "reference" | "configuration";

const kinds: readonly (readonly [RegExp, RestoredKind])[] = [
    [/^objects\/[0-9a-f]{2}\/[0-9a-f]{38}$/, "object"],
    [/^objects\/pack\/pack-[0-9a-f]{40}\.(pack|idx)$/, "object"],
    [/^HEAD$/, "head"],
    [/^packed-refs$/, "packed-references"],
    [/^refs\//, "reference"],
    [/^config$/, "configuration"],
];

/**
 * Git's own rule for names, within branches and tags. The platform's rule is stricter, and older seeds did not keep it.
 */
function isReferenceName(name: string): boolean {
    return (
        /^refs\/(heads|tags)\/[^\0-\x20\x7f~^:?*[\\]+$/.test(name) &&
        !/\.\.|@\{|\/\/|\/\.|[./]$|\.lock(\/|$)/i.test(name)
    );
}

/** Undefined: no platform has ever written such a file into a backup. */
export function kindOfRestored(name: string): RestoredKind | undefined {
    const kind = kinds.find(([pattern]) => pattern.test(name))?.[1];
    return kind === "reference" && !isReferenceName(name) ? undefined : kind;
}

/** The text that a restore writes in place of a file with references, and the names that it leaves out. */
export interface RestoredReferences {
    text: string;
    skipped: readonly string[];
}

export function formatPackedReferences(references: ReadonlyMap<string, string>): string {
    const lines = [...references]
        .map(([ref, oid]) => `${oid} ${ref}\n`)
        .sort((one, other) => (one.slice(41) < other.slice(41) ? -1 : 1));
    return `# pack-refs with: sorted \n${lines.join("")}`;
}

function readPacked(text: string): RestoredReferences | undefined {
    const lines = text.split("\n").filter((line) => line !== "" && !/^(#|\^[0-9a-f]{40}$)/.test(line));
    if (!lines.every((line) => /^[0-9a-f]{40} \S/.test(line))) return undefined;
    const all = lines.map((line) => [line.slice(41), line.slice(0, 40)] as const);
    return {
        text: formatPackedReferences(new Map(all.filter(([ref]) => isReferenceName(ref)))),
        skipped: all.map(([ref]) => ref).filter((ref) => !isReferenceName(ref)),
    };
}

/** Reads a file with references. Undefined: it is none, or leads to somewhere else. */
export function readRestored(kind: RestoredKind, text: string): RestoredReferences | undefined {
    if (kind === "packed-references") return readPacked(text);
    if (kind === "head") {
        const [, ref] = /^ref: (refs\/heads\/.+)\n?$/.exec(text) ?? [];
        return ref !== undefined && isReferenceName(ref) ? { text: `ref: ${ref}\n`, skipped: [] } : undefined;
    }
    return /^[0-9a-f]{40}\n?$/.test(text) ? { text: `${text.slice(0, 40)}\n`, skipped: [] } : undefined;
}
