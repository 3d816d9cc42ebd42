/** The effect of an engine's step on a resource. */
export type Verb = "create" | "update" | "replace" | "delete" | "import";

const verbs: Readonly<Record<string, Verb>> = {
    create: "create",
    update: "update",
    delete: "delete",
    replace: "replace",
    "create-replacement": "replace",
    "delete-replaced": "replace",
    import: "import",
    "import-replacement": "replace",
};

/** Steps after which everything is as it was. */
const still: ReadonlySet<string> = new Set([
    "same",
    "read",
    "read-replacement",
    "read-discard",
    "refresh",
    "discard-replaced",
    "remove-pending-replace",
]);

/** True for a step of the engine that changes something. Unknown steps count as changes. */
export function changesSomething(op: string): boolean {
    return !still.has(op);
}

/** The verb of a step that changes something. A replacement has up to three steps: each has this verb. */
export function verbOf(op: string): Verb | undefined {
    return verbs[op];
}

/**
 * True for a step that completes a change. Of a replacement, the step that creates counts, not the one that deletes.
 */
export function completesChange(op: string): boolean {
    return changesSomething(op) && op !== "delete-replaced";
}
