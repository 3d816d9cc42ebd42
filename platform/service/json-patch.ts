import { isDeepStrictEqual } from "node:util";
import { deepestJson, isDeeperThan, measureJson, Problem } from "section-model";
import { nextSlice } from "../slices";
import { insert, openJson, PointerFailure, parsePointer, remove, replace, resolve } from "./json-pointer";

export type JsonPatchOperation =
    | { op: "add" | "replace" | "test"; path: string; value: unknown }
    | { op: "remove"; path: string }
    | { op: "move" | "copy"; path: string; from: string };

/** Operations of RFC 6902, to be applied all or none. */
export type JsonPatch = readonly JsonPatchOperation[];

/** The most that a patch may have: more than any document, so that every document can be written by one. */
export const patchLimits = { bytes: 2 * 1024 * 1024, values: 60_000 } as const;

/** The most JSON that the copies and tests of a patch may touch: each can take all of the document. */
const mostTouched = { characters: 1024 * 1024, values: patchLimits.values };

/** Counts it. */
class Touched {
    #characters = 0;
    #values = 0;

    add(text: string): void {
        this.#characters += text.length;
        this.#values += measureJson(text).values;
        if (this.#characters > mostTouched.characters || this.#values > mostTouched.values)
            throw new PointerFailure(
                `the patch copies and compares more than ${mostTouched.characters} characters or ${mostTouched.values} values`,
            );
    }
}

const clone = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The document as the only member of something, so that its root is a place like every other. */
interface Rooted {
    document?: unknown;
}

const placeOf = (pointer: string) => ["document", ...parsePointer(pointer)];

function refuseDepth(value: unknown, what: string): void {
    if (isDeeperThan(value)) throw new PointerFailure(`${what} is nested deeper than ${deepestJson} levels`);
}

/** A copy of a value of the document, as plain JSON. */
async function copyOf(value: unknown, what: string, touched: Touched): Promise<unknown> {
    if (typeof value !== "object" || value === null) return value;
    refuseDepth(value, what);
    await nextSlice();
    const text = JSON.stringify(value);
    touched.add(text);
    await nextSlice();
    return JSON.parse(text);
}

async function applyOperation(root: Rooted, operation: JsonPatchOperation, touched: Touched): Promise<void> {
    const target = placeOf(operation.path);
    const isRoot = target.length === 1;
    switch (operation.op) {
        case "add":
            insert(root, target, openJson(clone(operation.value)));
            return;
        case "replace":
            (isRoot ? insert : replace)(root, target, openJson(clone(operation.value)));
            return;
        case "test": {
            const found = await copyOf(resolve(root, target), "what is tested", touched);
            const tested = clone(operation.value);
            await nextSlice();
            if (!isDeepStrictEqual(found, tested)) throw new PointerFailure("what is there is not the tested value");
            return;
        }
        case "remove":
            if (isRoot) throw new PointerFailure("the whole document cannot be removed");
            remove(root, target);
            return;
        case "copy": {
            const copied = await copyOf(resolve(root, placeOf(operation.from)), "what is copied", touched);
            insert(root, target, openJson(copied));
            return;
        }
        case "move": {
            const source = placeOf(operation.from);
            const isInside = source.length < target.length && source.every((token, index) => token === target[index]);
            if (isInside) throw new PointerFailure("nothing can be moved into itself");
            if (operation.from !== operation.path) insert(root, target, remove(root, source));
            else resolve(root, source);
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
    await nextSlice();
    const root: Rooted = document === undefined ? {} : { document: openJson(clone(document)) };
    const touched = new Touched();
    for (const [index, operation] of patch.entries()) {
        await nextSlice();
        try {
            await applyOperation(root, operation, touched);
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
    await nextSlice();
    return root.document === undefined ? undefined : clone(root.document);
}
