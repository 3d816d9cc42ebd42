import { type Difference, diffFiles, findSecrets, type Leaf, leavesOf } from "pulumi-section/internal";
import { formatPropertyPath } from "section-model";
import { secretMark } from "../engine/engine-value";
import { isPrivateProperty } from "../engine/private-property";
import type { StateResource } from "../engine/state";
import type { DriftFinding } from "./find-drift";
import type { Listed } from "./program-lists";

type Secretive = Pick<StateResource, "kind" | "secrets">;

/** True when a value or its parent is a secret: the program marks it, or the property always is one. */
export function isSecret({ kind, secrets }: Secretive, path: readonly string[]): boolean {
    if (isPrivateProperty(kind, path[0])) return true;
    return secrets.some(
        (secret) => secret.length <= path.length && secret.every((part, index) => part === path[index]),
    );
}

/** True when a value is a secret or has one in it. */
function holdsSecret(resource: Secretive, path: readonly string[]): boolean {
    return (
        isSecret(resource, path) ||
        resource.secrets.some((secret) => path.every((part, index) => part === secret[index]))
    );
}

/** A difference as people see it: the property, both values, and a diff where it is a text. */
export interface ShownDifference {
    property: string;
    declared?: unknown;
    found?: unknown;
    isSecret?: true;
    /** Where a list of clients has the value. */
    declaredAt?: string;
    /** A unified diff. */
    diff?: string;
}

function isText(value: unknown): value is string | undefined {
    return value === undefined || typeof value === "string";
}

/** The lines that differ. */
function diffOf(from: string | undefined, to: string | undefined): string {
    return `--- declared\n+++ found\n${diffFiles(from, to).text}`;
}

/** True for the text of a file that seems to contain a password or key, declared or not. */
export function seemsSecret(value: unknown): boolean {
    return typeof value === "string" && findSecrets(value).length > 0;
}

function showLeaf(resource: StateResource, { path, from, to }: Leaf, isFile: boolean): ShownDifference {
    const property = formatPropertyPath(path);
    if (holdsSecret(resource, path) || (isFile && (seemsSecret(from) || seemsSecret(to)))) {
        return {
            property,
            isSecret: true,
            ...(from !== undefined && { declared: secretMark }),
            ...(to !== undefined && { found: secretMark }),
        };
    }
    const diff = isFile && isText(from) && isText(to) ? diffOf(from, to) : undefined;
    return { property, declared: from, found: to, ...(diff !== undefined && { diff }) };
}

/** The place of a value in the list of clients that declares it. */
function placeOf(resource: StateResource, { list, at }: Listed, { path }: Leaf): string | undefined {
    const place = list.findProperty(resource, at, path);
    return place && list.sayPlace(place);
}

export function showDifference(
    { resource, listed }: Pick<DriftFinding, "resource" | "listed">,
    difference: Difference,
): ShownDifference[] {
    return leavesOf(difference).map((leaf) => {
        const shown = showLeaf(resource, leaf, difference.file !== undefined);
        const declaredAt = listed && placeOf(resource, listed, leaf);
        return { ...shown, ...(declaredAt && { declaredAt }) };
    });
}
