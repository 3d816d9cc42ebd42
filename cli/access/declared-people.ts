import type { Properties } from "pulumi-section/internal";
import { explicitPrefix } from "pulumi-section/internal";
import { normaliseEndpoint } from "section-client";
import { normaliseEmail } from "section-model";
import { findDeclaration, type ReadPrograms } from "../engine/find-declaration";
import type { State, StateResource } from "../engine/state";
import type { DeclaredPeople } from "./access-list";

/** Ids of the memberships that a resource declares, without those whose last day is past. */
function idsOf({ kind, id, inputs, outputs }: StateResource): string[] {
    if (kind === "membership") return outputs.ended === true ? [] : [id];
    if (kind !== "team") return [];
    const ended = new Set((outputs.ended as string[] | undefined) ?? []);
    const emails = Object.keys((inputs.members as Properties | undefined) ?? {}).map(normaliseEmail);
    return emails.filter((email) => !ended.has(email)).map((email) => `${id}/${email}`);
}

/** Lists the memberships that a stack declares at this endpoint, each with the resource that declares it. */
export async function findDeclaredPeople(
    { resources, explicit }: State,
    endpoint: string,
    folder: string,
): Promise<DeclaredPeople> {
    const found = new Map<string, string>();
    const read: ReadPrograms = new Map();
    for (const resource of resources) {
        const other = explicit.get(resource.provider)?.get(`${explicitPrefix}:endpoint`);
        if (other !== undefined && normaliseEndpoint(other) !== endpoint) continue;
        const ids = idsOf(resource);
        if (ids.length === 0) continue;
        const at = await findDeclaration(resource, folder, read);
        const declaredBy = at === undefined ? resource.name : `${resource.name} (${at})`;
        for (const id of ids) found.set(id, declaredBy);
    }
    return found;
}
