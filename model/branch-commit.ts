import { z } from "zod";
import { branchPathSchema } from "./file-path";

/** Half a character cannot be written: it would become another file or another text. */
const isWhole = (text: string) => !/\p{Cs}/u.test(text);

const textSchema = z.string().refine(isWhole, "has half of a character; send bytes as { base64 }");

/** What a commit makes of a file: its text, its bytes, or null where it goes. */
export const fileEditSchema = z.union(
    [textSchema, z.strictObject({ base64: z.base64() }), z.null()],
    "must be the text of the file, { base64 } where it is none, or null to remove it",
);

export type FileEdit = z.infer<typeof fileEditSchema>;

/** The bytes of a file after an edit; null where it goes. */
export function bytesOfEdit(edit: FileEdit): Buffer | null {
    if (edit === null) return null;
    return typeof edit === "string" ? Buffer.from(edit, "utf8") : Buffer.from(edit.base64, "base64");
}

const commitSchema = z.string().regex(/^[0-9a-f]{40}$/, "must be the full id of a commit");

/** Names and addresses as git keeps them. */
const wordSchema = z
    .string()
    .max(300)
    .refine(isWhole)
    .regex(/^[^<>\0-\x1f\x7f]*[^<>\0-\x20\x7f][^<>\0-\x1f\x7f]*$/, "must be a line without < and >");

const mostFiles = 10_000;

const isFew = (files: unknown) => typeof files === "object" && files !== null && Object.keys(files).length <= mostFiles;

/** Edits by path. Files are counted first: there can be more of them than can be looked at while others wait. */
function editsAt<Path extends z.ZodType<string, string>>(path: Path) {
    const few = z.custom<Record<string, FileEdit>>(isFew, `must be an object of at most ${mostFiles} files`);
    return few.pipe(z.record(path, fileEditSchema));
}

/** What a commit makes of files, wherever they are. */
export const fileEditsSchema = editsAt(z.string().min(1).max(1024));

/** A commit on top of a branch, in one request. Needs the extension `environment.commit`. */
export const branchCommitSchema = z.strictObject({
    /** The commit that the branch is at. */
    expected: commitSchema,
    message: z
        .string()
        .max(65_536)
        .refine((text) => isWhole(text) && !text.includes("\0"), "has a character that no message has")
        .transform((text) => text.trim())
        .refine((text) => text !== "", "is empty"),
    /** Default: the user of the token. */
    author: z.strictObject({ name: wordSchema, email: wordSchema }).optional(),
    /** A commit on any branch of the application: its files, with `files` over them. Default: those of `expected`. */
    content_of: commitSchema.optional(),
    /** By path. Other files stay, and files keep their modes. */
    files: editsAt(branchPathSchema),
});

export type BranchCommit = z.infer<typeof branchCommitSchema>;
