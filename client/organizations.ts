import { isProblem, normaliseEmail, type Problem } from "section-model";
import { z } from "zod";
import type { Client } from "./client";
import { type EnvironmentPlace, readingsOfHostnames, takesFromBody } from "./environments";

export interface OrganizationRecord {
    id: number;
    name: string;
    isAdmin: boolean;
    /** Undefined where the endpoint does not tell. */
    ownerEmail?: string;
}

/** The path of the shared reading of the caller's organizations. */
export const organizationsPath = "/account";

const organization = z
    .looseObject({
        id: z.number(),
        account_name: z.string(),
        is_admin: z.boolean().optional(),
        owner: z.looseObject({ email: z.string() }).optional(),
    })
    .transform(
        ({ id, account_name, is_admin, owner }): OrganizationRecord => ({
            id,
            name: account_name,
            isAdmin: is_admin ?? true,
            ownerEmail: owner && normaliseEmail(owner.email),
        }),
    );

export async function listOrganizations(
    client: Client,
    options?: { mayBeStale?: boolean },
): Promise<OrganizationRecord[]> {
    return client.read(organizationsPath, z.array(organization), options);
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
export async function createOrganization(client: Client, name: string): Promise<OrganizationRecord> {
    return client.write("POST", "/account", { body: { name }, answer: organization, forgets: [organizationsPath] });
}

export interface NewSite {
    hostname: string;
    origin?: string;
    stack?: string;
    takesFrom?: EnvironmentPlace;
}

/** Creates an organization with its first application, as every v1 endpoint can. */
export async function createOrganizationWithSite(
    client: Client,
    name: string,
    { hostname, origin, stack, takesFrom }: NewSite,
): Promise<OrganizationRecord> {
    const body = { name, hostname, origin, stackName: stack, ...takesFromBody(takesFrom) };
    const forgets = [organizationsPath, ...readingsOfHostnames(takesFrom)];
    return client.write("POST", "/account/create", { body, answer: organization, forgets });
}

export async function renameOrganization(client: Client, id: number, name: string): Promise<void> {
    await client.write("PATCH", `/account/${id}`, { body: { account_name: name }, forgets: [organizationsPath] });
}

export async function deleteOrganization(client: Client, id: number): Promise<void> {
    await client.write("DELETE", `/account/${id}`, { forgets: [organizationsPath] });
}
