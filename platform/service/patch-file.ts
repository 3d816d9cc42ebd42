import path from "node:path";
import { formatSize, isProblem, measureJson, Problem } from "section-model";
import type { Member } from "../auth/caller";
import { largestRead } from "../git/branch";
import { nextSlice } from "../slices";
import { type BranchPlace, editBranch } from "./branches";
import type { Context } from "./context";
import { formatJson, formatOf, formattedLength, type JsonFormat, platformFormat } from "./json-format";
import { applyJsonPatch, type JsonPatch, patchLimits } from "./json-patch";

/** Files that a client lays out in its own way. */
const formatsOfNewFiles = new Map<string, JsonFormat>([
    [".section-external-source.json", { ...platformFormat, indent: "\t" }],
]);

interface Document {
    value: unknown;
    format: JsonFormat;
}

function parseFile(file: string, text: string): Document {
    const { values } = measureJson(text);
    if (values > patchLimits.values)
        throw new Problem(
            "invalid-input",
            `${file} has ${values} values; one of up to ${patchLimits.values} is patched`,
            {
                property: "filepath",
                remedy: "Push it with git",
            },
        );
    try {
        return { value: JSON.parse(text), format: formatOf(text) };
    } catch (cause) {
        throw new Problem("invalid-input", `${file} cannot be parsed as JSON: ${(cause as Error).message}`, {
            property: "filepath",
            cause,
        });
    }
}

function newFile(file: string): Document {
    if (!file.endsWith(".json")) {
        throw new Problem("invalid-input", `there is no file ${file}, and a new one needs a name that ends in .json`, {
            property: "filepath",
        });
    }
    return { value: undefined, format: formatsOfNewFiles.get(path.posix.basename(file)) ?? platformFormat };
}

/**
 * Applies a JSON Patch to a JSON file of an environment, or makes the file. Its layout stays. Returns the commit that
 * has the result.
 */
export async function patchFile(
    context: Context,
    member: Member,
    place: BranchPlace,
    file: string,
    patch: JsonPatch,
): Promise<string> {
    const { commit } = await editBranch(context, member, place, `Update ${file}`, async (branch) => {
        const text = await branch.read(file);
        const { value, format } = text === undefined ? newFile(file) : parseFile(file, text.toString("utf8"));
        await nextSlice();
        const patched = await patchDocument(file, value, patch);
        await nextSlice();
        const compact = JSON.stringify(patched);
        if (compact === JSON.stringify(value)) return undefined;
        const length = formattedLength(patched, compact, format);
        if (length > largestRead)
            throw new Problem("invalid-input", `the patch makes ${file} larger than ${formatSize(largestRead)}`, {
                remedy: "Nothing was changed: push a file that large with git",
            });
        await nextSlice();
        return new Map([[file, Buffer.from(formatJson(patched, format), "utf8")]]);
    });
    return commit;
}

async function patchDocument(file: string, document: unknown, patch: JsonPatch): Promise<unknown> {
    try {
        return await applyJsonPatch(document, patch);
    } catch (error) {
        if (document !== undefined || !isProblem(error)) throw error;
        throw new Problem(error.code, error.detail, {
            remedy: `There is no file ${file}: make it with an operation whose path is ""`,
            cause: error,
        });
    }
}
