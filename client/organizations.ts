import { isProblem, type NewClaim, normaliseEmail, type Problem } from "section-model";
import { z } from "zod";
import { amendList } from "./amendment";
import { type Claim, claimSchema, makeDeletePath } from "./claim";
import type { Client } from "./client";
import { readingsOfHostnames, type TakesFrom, takesFromBody } from "./environments";

export interface OrganizationRecord {
    id: number;
    name: string;
    isAdmin: boolean;
    /** Undefined where the endpoint does not tell. */
    ownerEmail?: string;
    claim?: Claim;
}

/** The path of the shared reading of the caller's organizations. */
export const organizationsPath = "/account";

const organization = z
    .looseObject({
        id: z.number(),
        account_name: z.string(),
        is_admin: z.boolean().optional(),
        owner: z.looseObject({ email: z.string() }).optional(),
        claim: claimSchema,
    })
    .transform(
        ({ id, account_name, is_admin, owner, claim }): OrganizationRecord => ({
            id,
            name: account_name,
            isAdmin: is_admin ?? true,
            ownerEmail: owner && normaliseEmail(owner.email),
            ...(claim && { claim }),
        }),
    );

const organizations = z.array(organization);

export async function listOrganizations(
    client: Client,
    options?: { mayBeStale?: boolean },
): Promise<OrganizationRecord[]> {
    return client.read(organizationsPath, organizations, options);
}

/**
 * The platform's word to a former member that an organization was deleted. Undefined when it says nothing of the kind:
 * the extension `account.deleted` is missing, or the organization is there, or the token's user was never in it.
 */
export function findDeletion(client: Client, id: number): Promise<Problem | undefined> {
    return client.once(`deletion of organization ${id}`, () =>
        client.read(`/account/${id}`, z.unknown()).then(
            () => undefined,
            (error) => {
                if (isProblem(error) && error.code === "account-deleted") return error;
                if (isProblem(error) && (error.code === "not-found" || error.code === "forbidden")) return undefined;
                throw error;
            },
        ),
    );
}

/** Creates an organization without an application. Needs the extension `account.create`. */
export async function createOrganization(client: Client, name: string, claim?: NewClaim): Promise<OrganizationRecord> {
    const body = { name, claim };
    return client.write("POST", "/account", {
        body,
        answer: organization,
        forgets: [organizationsPath],
        // guards need the owner
        amends: (record) => (record.ownerEmail === undefined ? [] : [amendList(organizationsPath, "id", record)]),
    });
}

export interface NewSite {
    hostname: string;
    origin?: string;
    stack?: string;
    takesFrom?: TakesFrom;
}

/**
 * Creates an organization with its first application, as every v1 endpoint can.
 *
 * @param claim of the organization only
 */
export async function createOrganizationWithSite(
    client: Client,
    name: string,
    { hostname, origin, stack, takesFrom }: NewSite,
    claim?: NewClaim,
): Promise<OrganizationRecord> {
    const body = { name, hostname, origin, stackName: stack, claim, ...takesFromBody(takesFrom) };
    const forgets = [organizationsPath, ...readingsOfHostnames(takesFrom)];
    return client.write("POST", "/account/create", { body, answer: organization, forgets });
}

export async function renameOrganization(client: Client, id: number, name: string): Promise<void> {
    const rename = (list: readonly OrganizationRecord[]) =>
        list.map((each) => (each.id === id ? { ...each, name } : each));
    await client.write("PATCH", `/account/${id}`, {
        body: { account_name: name },
        forgets: [organizationsPath],
        amends: () => [{ path: organizationsPath, change: rename }],
    });
}

/** @param claim the id of the claim that it must have, or `none` */
export async function deleteOrganization(client: Client, id: number, claim?: string): Promise<void> {
    await client.write("DELETE", makeDeletePath(`/account/${id}`, claim), { forgets: [organizationsPath] });
}
