/**
 * The names that a branch or tag may have: stricter than git, so that no name means anything to a shell or a file
 * system.
 */
const part = /^[A-Za-z0-9_][A-Za-z0-9_.+@=,#-]*$/;
const longestName = 200;
const reserved = new Set(["head", "fetch_head", "orig_head", "merge_head", "refs"]);

/** Says why the name of a branch or tag is refused; undefined when it is fine. */
export function refuseReferenceName(name: string): string | undefined {
    if (name.length > longestName) return `is longer than ${longestName} characters`;
    if (reserved.has(name.toLowerCase())) return "is a word of git";
    for (const piece of name.split("/")) {
        if (!part.test(piece))
            return "may have letters, digits and _ . - + @ = , #, and / between parts, each part beginning with a letter, digit or _";
        if (piece.includes("..") || piece.endsWith(".") || piece.toLowerCase().endsWith(".lock"))
            return "may not contain .. or end in . or .lock";
    }
    return undefined;
}

export const branchPrefix = "refs/heads/";
const tagPrefix = "refs/tags/";

/** The branch a full ref name stands for, or undefined for tags, notes and everything else. */
export function branchOfRef(ref: string): string | undefined {
    return ref.startsWith(branchPrefix) ? ref.slice(branchPrefix.length) : undefined;
}

export function tagOfRef(ref: string): string | undefined {
    return ref.startsWith(tagPrefix) ? ref.slice(tagPrefix.length) : undefined;
}

export function refOfBranch(branch: string): string {
    return `${branchPrefix}${branch}`;
}
