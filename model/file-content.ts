import { isUtf8 } from "node:buffer";
import { z } from "zod";

/** A file that is no text, such as a picture or a font. */
export interface BinaryFile {
    base64: string;
}

/** A binary file by its size and the id that git gives it: what previews and states have in its place. */
export interface FileDigest {
    bytes: number;
    blob: string;
}

/** The content of a file of a branch. */
export type FileContent = string | BinaryFile | FileDigest;

/** Texts are shown in previews and kept in states, binary files pass through the engine: both have to stay small. */
export const fileLimits = {
    textBytes: 256 * 1024,
    allTextBytes: 1024 * 1024,
    binaryBytes: 1024 * 1024,
    allBinaryBytes: 4 * 1024 * 1024,
} as const;

/** How many bytes a base64 text stands for. */
export function decodedBytes(base64: string): number {
    return Buffer.byteLength(base64, "base64");
}

/** True for UTF-8 without a NUL: everything else is binary, as git sees it. */
export function isText(data: Buffer): boolean {
    return isUtf8(data) && !data.includes(0);
}

const pushIt = "push it with git, files that are not declared are left alone";

const binaryFileSchema = z.strictObject({
    base64: z.base64("must be base64").superRefine((base64, context) => {
        const bytes = decodedBytes(base64);
        if (bytes > fileLimits.binaryBytes)
            context.addIssue({
                code: "custom",
                message: `has ${bytes} bytes, a binary file may have ${fileLimits.binaryBytes}; ${pushIt}`,
            });
    }),
});

const fileDigestSchema = z.strictObject({
    bytes: z.int().min(0),
    blob: z.string().regex(/^[0-9a-f]{40}$/, "must be the id of a blob"),
});

export const fileContentSchema = z.union(
    [z.string(), binaryFileSchema, fileDigestSchema],
    "must be the text of the file, or { base64 } where it is none",
) satisfies z.ZodType<FileContent>;

/** What is wrong with the binary files of a configuration together. */
export function refuseBinaryTotal(files: Readonly<Record<string, FileContent>>): string | undefined {
    const sizes = Object.entries(files).flatMap(([path, content]): [string, number][] =>
        typeof content === "object" && "base64" in content ? [[path, decodedBytes(content.base64)]] : [],
    );
    const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
    if (total <= fileLimits.allBinaryBytes) return undefined;
    const [path, bytes] = sizes.reduce((largest, each) => (each[1] > largest[1] ? each : largest));
    return `has ${total} bytes of binary files, ${fileLimits.allBinaryBytes} are allowed; the largest is ${path} with ${bytes}: ${pushIt}`;
}
