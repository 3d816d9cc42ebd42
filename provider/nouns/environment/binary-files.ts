import { blobIdOf } from "section-client";
import { type FileContent, type FileDigest, isText, Problem } from "section-model";
import { type Memory, Slot } from "../../run/memory";
import { hasUnknown } from "../../run/unknown";

/**
 * The bytes of checked files, by blob id. The engine checks every declaration in the run and process that applies it,
 * so that previews and states need not carry them.
 */
const kept = new Slot(() => new Map<string, Buffer>());

export function digestOf(data: Buffer): FileDigest {
    return { bytes: data.length, blob: blobIdOf(data) };
}

/** The form of a file in previews and states: a text as it is, a binary file by size and id. */
export function shownContent(data: Buffer): string | FileDigest {
    return isText(data) ? data.toString("utf8") : digestOf(data);
}

/**
 * The same files with binary ones by size and id; their bytes are kept for `contentOf`. Unknown values stay as they
 * are.
 */
export function condenseFiles(files: Readonly<Record<string, unknown>>, memory: Memory): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(files).map(([path, content]) => {
            if (typeof content !== "object" || content === null || !("base64" in content) || hasUnknown(content))
                return [path, content];
            const data = Buffer.from(String(content.base64), "base64");
            const shown = shownContent(data);
            if (typeof shown === "object") memory.of(kept).set(shown.blob, data);
            return [path, shown];
        }),
    );
}

export function blobOf(content: FileContent): string {
    if (typeof content === "string") return blobIdOf(content);
    return "blob" in content ? content.blob : blobIdOf(Buffer.from(content.base64, "base64"));
}

/** The content to write, so that the file is as declared. */
export function contentOf(path: string, content: FileContent, memory: Memory): string | Buffer {
    if (typeof content === "string") return content;
    if ("base64" in content) return Buffer.from(content.base64, "base64");
    const data = memory.of(kept).get(content.blob);
    if (data !== undefined) return data;
    throw new Problem(
        "invalid-input",
        `${path} is declared by its size and id only, and the branch has another file there`,
        {
            remedy: "Declare its content: { base64 }, or let configFrom read it",
            property: "config",
        },
    );
}
