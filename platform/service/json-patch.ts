import { isDeepStrictEqual } from "node:util";
import { deepestJson, isDeeperThan, Problem } from "section-model";
import { insert, openJson, PointerFailure, parsePointer, remove, replace, resolve } from "./json-pointer";
import { Slices } from "./slices";

export type JsonPatchOperation =
    | { op: "add" | "replace" | "test"; path: string; value: unknown }
    | { op: "remove"; path: string }
    | { op: "move" | "copy"; path: string; from: string };

/** Operations of RFC 6902, to be applied all or none. */
export type JsonPatch = readonly JsonPatchOperation[];

/** Each copy can double the document, and each test can look at all of it: the most JSON that all of them may touch. */
const mostCharacters = 1024 * 1024;

/** A patch is at most this long: longer than any document, so that every document can be written by one. */
export const longestPatch = 2 * 1024 * 1024;

const clone = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The document as the only member of something, so that its root is a place like every other. */
interface Rooted {
    document?: unknown;
}

const placeOf = (pointer: string) => ["document", ...parsePointer(pointer)];

function refuseDepth(value: unknown, what: string): void {
    if (isDeeperThan(value)) throw new PointerFailure(`${what} is nested deeper than ${deepestJson} levels`);
}

/** Compares a value of the document, and returns the number of characters of JSON that it had to look at. */
function test(there: unknown, wanted: unknown): number {
    const isPlain = typeof wanted !== "object" || wanted === null || typeof there !== "object" || there === null;
    if (!isPlain) refuseDepth(there, "what is tested");
    const text = isPlain ? "" : JSON.stringify(there);
    const isSame = isPlain ? there === wanted : isDeepStrictEqual(JSON.parse(text), clone(wanted));
    if (!isSame) throw new PointerFailure("what is there is not the tested value");
    return text.length;
}

/** Applies one operation and returns the number of characters of JSON that it copied or compared. */
function applyOperation(root: Rooted, operation: JsonPatchOperation): number {
    const target = placeOf(operation.path);
    const isRoot = target.length === 1;
    switch (operation.op) {
        case "add":
            insert(root, target, openJson(clone(operation.value)));
            return 0;
        case "replace":
            (isRoot ? insert : replace)(root, target, openJson(clone(operation.value)));
            return 0;
        case "test":
            return test(resolve(root, target), operation.value);
        case "remove":
            if (isRoot) throw new PointerFailure("the whole document cannot be removed");
            remove(root, target);
            return 0;
        case "copy": {
            const value = resolve(root, placeOf(operation.from));
            refuseDepth(value, "what is copied");
            const text = JSON.stringify(value);
            insert(root, target, openJson(JSON.parse(text)));
            return text.length;
        }
        case "move": {
            const source = placeOf(operation.from);
            const isInside = source.length < target.length && source.every((token, index) => token === target[index]);
            if (isInside) throw new PointerFailure("nothing can be moved into itself");
            if (operation.from !== operation.path) insert(root, target, remove(root, source));
            else resolve(root, source);
            return 0;
        }
    }
}

/**
 * The document with a patch applied; the given one stays as it is. `undefined` is a document that does not exist yet.
 *
 * No library does this: of those that are kept, rfc6902 takes `/list/length` for a place in a list, json-p3 lets a copy
 * and its source change each other, and fast-json-patch finds inherited members.
 *
 * @throws Problem `invalid-input` naming the operation that fails, counted from 0, and its path.
 */
export async function applyJsonPatch(document: unknown, patch: JsonPatch): Promise<unknown> {
    if (isDeeperThan(patch) || isDeeperThan(document))
        throw new Problem("invalid-input", `the patch or its document is nested deeper than ${deepestJson} levels`);
    const slices = new Slices();
    await slices.next();
    const root: Rooted = document === undefined ? {} : { document: openJson(clone(document)) };
    let characters = 0;
    for (const [index, operation] of patch.entries()) {
        await slices.next();
        try {
            characters += applyOperation(root, operation);
            if (characters > mostCharacters)
                throw new PointerFailure(`the patch copies and compares more than ${mostCharacters} characters`);
            if (index === patch.length - 1) refuseDepth(root.document, "the patched document");
        } catch (error) {
            if (!(error instanceof PointerFailure)) throw error;
            throw new Problem(
                "invalid-input",
                `operation ${index} (${operation.op} "${operation.path}"): ${error.message}`,
                {
                    property: `[${index}]`,
                    remedy: "Nothing was changed: correct the operation",
                },
            );
        }
    }
    await slices.next();
    return root.document === undefined ? undefined : clone(root.document);
}
