import { isUtf8 } from "node:buffer";
import { z } from "zod";
import type { BinaryFile } from "./binary-file";

/** A binary file by its size and git's id for it. Previews and states have this in its place. */
export interface FileDigest {
    bytes: number;
    blob: string;
}

/** The content of a file of a branch. */
export type FileContent = string | BinaryFile | FileDigest;

/** Previews show texts and states keep them, and binary files pass through the engine: both must stay small. */
export const fileLimits = {
    textBytes: 256 * 1024,
    allTextBytes: 1024 * 1024,
    binaryBytes: 1024 * 1024,
    allBinaryBytes: 4 * 1024 * 1024,
} as const;

/** The number of bytes that a base64 text encodes. */
export function decodedBytes(base64: string): number {
    return Buffer.byteLength(base64, "base64");
}

/** True for UTF-8 without a NUL. Git treats everything else as binary. */
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

/** The reason to refuse the binary files of a configuration because of their total size. */
export function refuseBinaryTotal(files: Readonly<Record<string, FileContent>>): string | undefined {
    const sizes = Object.entries(files).flatMap(([path, content]): [string, number][] =>
        typeof content === "object" && "base64" in content ? [[path, decodedBytes(content.base64)]] : [],
    );
    const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
    if (total <= fileLimits.allBinaryBytes) return undefined;
    const [path, bytes] = sizes.reduce((largest, each) => (each[1] > largest[1] ? each : largest));
    return `has ${total} bytes of binary files, ${fileLimits.allBinaryBytes} are allowed; the largest is ${path} with ${bytes}: ${pushIt}`;
}
