import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isOfStack, readClaim, type Session, sayClaim } from "pulumi-section/internal";
import {
    type Claim,
    type ClaimableThing,
    type ClaimChange,
    listMembers,
    readFeatures,
    setClaims,
} from "section-client";
import { mapAtMost } from "section-display";
import { type NewClaim, Problem, parseOrganizationId } from "section-model";
import type { ImportedResource } from "../export/export-estate";

/** A stack as claims name it. */
export type ClaimingStack = Pick<NewClaim, "project" | "stack">;

const readAtOnce = 16;
const mostNamed = 10;

/** The name of the project in a folder, which claims name. */
export async function readProjectName(folder: string): Promise<string> {
    const text = await readFile(path.join(folder, "Pulumi.yaml"), "utf8");
    const name = /^name:[ \t]*["']?([\w.-]+)/m.exec(text)?.[1];
    if (name === undefined)
        throw new Problem("invalid-input", `${path.join(folder, "Pulumi.yaml")} names no project`, {
            remedy: "Give it a line such as name: estate",
        });
    return name;
}

interface Claimable {
    organization: number;
    thing: ClaimableThing;
    present?: Claim;
}

const kindOf = ({ type }: ImportedResource) => type.slice(type.lastIndexOf(":") + 1).toLowerCase();

/** The things of a resource. A team's are its members. */
async function listThings(session: Session, resource: ImportedResource): Promise<Claimable[]> {
    const { id, outputs } = resource;
    if (kindOf(resource) !== "team") {
        const sight = await readClaim(session, kindOf(resource), id);
        return sight === undefined ? [] : [{ ...sight, present: sight.own }];
    }
    const { organization } = parseOrganizationId(id);
    const members = outputs.members as Record<string, unknown>;
    return (await listMembers(session.client, organization))
        .filter(({ email }) => members[email] !== undefined)
        .map(({ email, claim }) => ({ organization, thing: { email }, present: claim }));
}

function refuseOthers(held: readonly { name: string; present?: Claim }[]): void {
    if (held.length === 0) return;
    const more = held.length > mostNamed ? [`  and ${held.length - mostNamed} more`] : [];
    throw new Problem("takes-over", `${held.length} of the things belong to another stack`, {
        remedy: "Leave them out of the export, or take them over with SECTION_ADOPT=true in the environment",
        lines: [...held.slice(0, mostNamed).map(({ name, present }) => `  ${name}: ${sayClaim(present)}`), ...more],
    });
}

/**
 * Claims existing things for a stack that imports them, so that no other stack changes or deletes them. Refuses things
 * of another stack, unless the settings allow to take them over. Returns the resources with the claims that the state
 * has to remember; unchanged where the endpoint has no claims.
 */
export async function claimThings(
    session: Session,
    stack: ClaimingStack,
    resources: readonly ImportedResource[],
): Promise<ImportedResource[]> {
    const { extensions } = await readFeatures(session.client);
    if (!extensions.has("claims")) return [...resources];
    const claims = new Map<ImportedResource, NewClaim>();
    const found = await mapAtMost(readAtOnce, resources, async (resource) => {
        claims.set(resource, { ...stack, id: randomBytes(15).toString("base64url"), resource: resource.name });
        return { resource, things: await listThings(session, resource) };
    });
    const all = found.flatMap(({ resource, things }) => things.map((each) => ({ ...each, resource })));
    if (session.settings.adopt === undefined)
        refuseOthers(
            all
                .filter(({ present }) => present !== undefined && !isOfStack(present, stack))
                .map(({ resource: { name }, present }) => ({ name, present })),
        );
    const changes = new Map<number, ClaimChange[]>();
    for (const { organization, thing, present, resource } of all) {
        const claim = claims.get(resource) as NewClaim;
        const own = changes.get(organization) ?? [];
        changes.set(organization, [...own, { thing, expected: present?.id ?? null, claim }]);
    }
    for (const [organization, own] of changes) await setClaims(session.client, organization, own);
    return resources.map((resource) => ({
        ...resource,
        outputs: { ...resource.outputs, __claim: claims.get(resource)?.id },
    }));
}
