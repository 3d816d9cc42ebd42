import { Problem } from "section-model";
import type { Member } from "../auth/caller";
import { type FileEntry, type FilePreview, listFileSizes, previewFile } from "../git/views/file-preview";
import { type Context, repositoryOf } from "./context";
import { getHead } from "./environments";

export type { FileEntry, FilePreview } from "../git/views/file-preview";

/** A file of an environment as it is now. */
export async function getFile(
    context: Context,
    member: Member,
    applicationId: number,
    environment: string,
    path: string,
): Promise<FilePreview> {
    const { tree } = await getHead(context, member, applicationId, environment);
    const file = await previewFile(context.repositories, repositoryOf(member, applicationId), tree, path);
    if (file === undefined)
        throw new Problem(
            "not-found",
            `there is no file ${path} in environment ${environment} of application ${applicationId}`,
        );
    return file;
}

/** The files of a tree that a member has seen the head of. */
export async function listFiles(
    context: Context,
    member: Member,
    applicationId: number,
    tree: string,
): Promise<FileEntry[]> {
    return listFileSizes(context.repositories, repositoryOf(member, applicationId), tree);
}
