import { type Capability, normaliseEmail } from "section-model";
import { z } from "zod";
import type { Client } from "./client";

export interface MemberRecord {
    userId: number;
    /** Normalised, for comparing. */
    email: string;
    /** As the endpoint names it; usually one of the capabilities. */
    role: string;
    status: "pending" | "active";
}

const membersPath = (organization: number) => `/account/${organization}/user`;

export const memberSchema = z
    .looseObject({
        id: z.number(),
        email: z.string(),
        accountCapability: z.string().optional(),
        status: z.enum(["pending", "active"]).optional(),
    })
    .transform(
        ({ id, email, accountCapability, status }): MemberRecord => ({
            userId: id,
            email: normaliseEmail(email),
            role: accountCapability ?? "admin",
            status: status ?? "active",
        }),
    );

export async function listMembers(
    client: Client,
    organization: number,
    options?: { mayBeStale?: boolean },
): Promise<MemberRecord[]> {
    return client.read(membersPath(organization), z.array(memberSchema), options);
}

/** Makes a person a member. Endpoints without extensions do not return the member, and may give another role. */
export async function inviteMember(
    client: Client,
    organization: number,
    email: string,
    role: Capability,
): Promise<MemberRecord | undefined> {
    const body = { email, accountCapability: role };
    const answer = z.looseObject({ user: memberSchema.optional() });
    const { user } = await client.write("POST", membersPath(organization), {
        body,
        answer,
        forgets: [membersPath(organization)],
    });
    return user;
}

export async function setRole(client: Client, organization: number, userId: number, role: Capability): Promise<void> {
    const body = { accountCapability: role };
    await client.write("POST", `${membersPath(organization)}/${userId}`, {
        body,
        forgets: [membersPath(organization)],
    });
}

export async function removeMember(client: Client, organization: number, userId: number): Promise<void> {
    await client.write("DELETE", `${membersPath(organization)}/${userId}`, { forgets: [membersPath(organization)] });
}
