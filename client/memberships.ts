import { type Capability, type NewClaim, normaliseEmail } from "section-model";
import { z } from "zod";
import { amendList } from "./amendment";
import { type Claim, claimSchema, makeDeletePath } from "./claim";
import type { Client } from "./client";

export interface MemberRecord {
    userId: number;
    /** Normalised, for comparing. */
    email: string;
    /** As the endpoint names it; usually one of the capabilities. */
    role: string;
    status: "pending" | "active";
    claim?: Claim;
}

export const membersPath = (organization: number) => `/account/${organization}/user`;

export const memberSchema = z
    .looseObject({
        id: z.number(),
        email: z.string(),
        accountCapability: z.string().optional(),
        status: z.enum(["pending", "active"]).optional(),
        claim: claimSchema,
    })
    .transform(
        ({ id, email, accountCapability, status, claim }): MemberRecord => ({
            userId: id,
            email: normaliseEmail(email),
            role: accountCapability ?? "admin",
            status: status ?? "active",
            ...(claim && { claim }),
        }),
    );

const members = z.array(memberSchema);
/** v1 does not always tell the member. */
const written = z.looseObject({ user: memberSchema.optional() });

export async function listMembers(
    client: Client,
    organization: number,
    options?: { mayBeStale?: boolean },
): Promise<MemberRecord[]> {
    return client.read(membersPath(organization), members, options);
}

/** Sends a request whose answer tells the member as they are afterwards, where the endpoint does so. */
async function writeMember(
    client: Client,
    organization: number,
    path: string,
    body: object,
): Promise<MemberRecord | undefined> {
    const { user } = await client.write("POST", path, {
        body,
        answer: written,
        forgets: [membersPath(organization)],
        amends: ({ user }) => (user === undefined ? [] : [amendList(membersPath(organization), "userId", user)]),
    });
    return user;
}

/**
 * Makes a person a member. Endpoints without extensions do not return the member, and may give another role.
 *
 * @param claim of a membership that begins now; somebody who is a member already keeps theirs
 */
export async function inviteMember(
    client: Client,
    organization: number,
    email: string,
    role: Capability,
    claim?: NewClaim,
): Promise<MemberRecord | undefined> {
    const body = { email, accountCapability: role, claim };
    return writeMember(client, organization, membersPath(organization), body);
}

export async function setRole(client: Client, organization: number, userId: number, role: Capability): Promise<void> {
    await writeMember(client, organization, `${membersPath(organization)}/${userId}`, { accountCapability: role });
}

/** @param claim the id of the claim that the membership must have, or `none` */
export async function removeMember(
    client: Client,
    organization: number,
    userId: number,
    claim?: string,
): Promise<void> {
    await client.write("DELETE", makeDeletePath(`${membersPath(organization)}/${userId}`, claim), {
        forgets: [membersPath(organization)],
    });
}
