import {
    blobOf,
    findDifferences,
    findSecrets,
    hasUnknown,
    isSame,
    leavesOf,
    type Properties,
} from "pulumi-section/internal";
import { formatPropertyPath } from "section-model";
import { secretMark, signatureKey } from "../engine/engine-value";
import { changesSomething } from "../engine/operation";
import type { Preview, PreviewStep } from "../engine/preview";
import { holdsPrivateKey } from "../engine/private-property";
import type { PlannedChange, PlannedStep } from "./plan";

const unknownMark = "[not known yet]";

/** The plan that the engine itself saves: inputs that differ, secrets encrypted. */
export interface EnginePlan {
    resourcePlans?: Record<
        string,
        { goal?: { inputDiff?: { adds?: Properties; updates?: Properties } | null } | null }
    >;
}

/** Path -> ciphertext of the secrets in new or changed properties of a resource. */
export function listCiphertexts({ resourcePlans = {} }: EnginePlan, urn: string): Map<string, string> {
    const found = new Map<string, string>();
    const visit = (value: unknown, path: string[]): void => {
        if (typeof value !== "object" || value === null) return;
        const { ciphertext, [signatureKey]: sign } = value as Properties;
        if (sign !== undefined) {
            if (typeof ciphertext === "string") found.set(formatPropertyPath(path), ciphertext);
            return;
        }
        for (const [name, item] of Object.entries(value)) visit(item, [...path, name]);
    };
    const { adds, updates } = resourcePlans[urn]?.goal?.inputDiff ?? {};
    visit(adds, []);
    visit(updates, []);
    return found;
}

/** The form of a value in a plan: small, and no secret. */
function shown(kind: string, path: readonly string[], value: unknown, digest: (text: string) => string): unknown {
    if (value === secretMark || value === undefined) return value;
    if (hasUnknown(value)) return unknownMark;
    if (holdsPrivateKey(kind, path[0], value)) return `keyed ${digest(JSON.stringify(value))}`;
    const isFile = kind === "environment" && path[0] === "config" && path.length > 1;
    if (!isFile) return value;
    if (typeof value === "string")
        return findSecrets(value).length > 0 ? `keyed ${digest(value)}` : `blob ${blobOf(value)}`;
    return typeof value === "object" && value !== null && "blob" in value ? `blob ${value.blob}` : value;
}

function changesOf(
    { kind, op, olds = {}, news = {} }: PreviewStep,
    digest: (text: string) => string,
): Record<string, PlannedChange> {
    if (op.startsWith("delete")) return {};
    const before = op.startsWith("create") ? {} : olds;
    const leaves = findDifferences(Object.keys({ ...before, ...news }), before, news).flatMap(leavesOf);
    const changes = leaves.map(({ path, from, to }): [string, PlannedChange] => {
        const [one, other] = [shown(kind, path, from, digest), shown(kind, path, to, digest)];
        return [
            formatPropertyPath(path),
            { ...(one !== undefined && { from: one }), ...(other !== undefined && { to: other }) },
        ];
    });
    return Object.fromEntries(changes.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The steps of a preview that change something, in a stable order. */
export function listTouched({ steps }: Preview): PreviewStep[] {
    const key = ({ urn, op }: PreviewStep) => `${urn} ${op}`;
    return steps
        .filter(({ op, kind }) => changesSomething(op) && kind !== "guard")
        .sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

/**
 * A step of a plan, before the look at the platform.
 *
 * @param digest by the plan's key
 * @param secrets path -> secret, in clear
 */
export function planStep(
    step: PreviewStep,
    digest: (text: string) => string,
    secrets: ReadonlyMap<string, string>,
): PlannedStep {
    const { op, urn, kind, id } = step;
    const digests = Object.fromEntries([...secrets].map(([path, text]) => [path, digest(`${path}\0${text}`)]));
    return {
        op,
        urn,
        kind,
        ...(id !== undefined && { id }),
        changes: changesOf(step, digest),
        ...(!isSame(digests, {}) && { secrets: digests }),
    };
}
