import { capabilitySchema } from "section-model";
import { z } from "zod";
import { inviteMember } from "../service/invitations";
import { getMember, listMembers, type MemberRow, removeMember, updateMember } from "../service/memberships";
import { claimAnswer, claimField, claimQuery, claimToWire } from "./claims";
import { idField } from "./fields";
import { accountParams, memberParams } from "./parameters";
import { personalLineSchema } from "./personal-line";
import { defineRoute, type WireContext } from "./route";
import { extended, named } from "./schema-definitions";

export const memberAnswer = named(
    "AccountUser",
    z.strictObject({
        id: idField,
        email: z.string(),
        first_name: z.string(),
        last_name: z.string(),
        phone_number: z.string(),
        accountCapability: capabilitySchema,
        status: extended("member.status", z.enum(["active", "pending"])),
        claim: claimAnswer,
    }),
);

const actionResult = named("AccountUserActionResult", z.strictObject({ success: z.boolean(), message: z.string() }));
const inviteResult = named(
    "AccountUserInviteResult",
    actionResult.extend({ user: extended("member.invited", memberAnswer) }),
);
const updateResult = named("AccountUserUpdateResult", actionResult.extend({ user: memberAnswer }));

export function memberToWire(member: MemberRow, wire: WireContext): z.infer<typeof memberAnswer> {
    return {
        id: member.id,
        email: member.email,
        first_name: member.first_name,
        last_name: member.last_name,
        phone_number: member.phone_number,
        accountCapability: member.capability,
        ...(wire.extensions && { status: member.is_invited ? "pending" : "active" }),
        ...claimToWire(member, wire),
    };
}

const line = personalLineSchema.optional();

export const membershipRoutes = [
    defineRoute({
        operation: "accountUserList",
        method: "GET",
        path: "/account/:accountId/user",
        summary: "The members of an account",
        access: ["admin"],
        params: accountParams,
        failures: [],
        answer: z.array(memberAnswer),
        handle: async ({ context, member, wire }) =>
            (await listMembers(context, member)).map((each) => memberToWire(each, wire)),
    }),
    defineRoute({
        operation: "accountUserInvitePost",
        method: "POST",
        path: "/account/:accountId/user",
        summary:
            "Make somebody a member and write to them. Until they accept, the account knows no more of them than was sent here. A member stays as they are, and gets another link if they have not accepted",
        access: ["admin"],
        params: accountParams,
        body: named(
            "AccountUserInviteRequest",
            z.looseObject({
                email: z.string("must be an e-mail address").max(1000),
                first_name: line,
                last_name: line,
                phone_number: line,
                accountCapability: extended("member.invited", capabilitySchema),
                claim: claimField,
            }),
        ),
        failures: ["limit-reached"],
        answer: inviteResult,
        handle: async ({ context, member, body, wire }) => {
            const { isNew, member: invited } = await inviteMember(context, member, {
                email: body.email,
                firstName: body.first_name,
                lastName: body.last_name,
                phoneNumber: body.phone_number,
                ...(wire.extensions && { capability: body.accountCapability, claim: body.claim }),
            });
            const message =
                isNew || invited.is_invited ? `${body.email} has been invited` : `${body.email} is a member already`;
            return { success: true, message, ...(wire.extensions && { user: memberToWire(invited, wire) }) };
        },
    }),
    defineRoute({
        operation: "accountUserGet",
        method: "GET",
        path: "/account/:accountId/user/:userId",
        summary: "One member",
        access: "member",
        params: memberParams,
        failures: [],
        answer: memberAnswer,
        handle: async ({ context, member, params, wire }) =>
            memberToWire(await getMember(context, member, params.userId), wire),
    }),
    defineRoute({
        operation: "accountUserUpdate",
        method: "POST",
        path: "/account/:accountId/user/:userId",
        summary: "Give a member another role",
        access: ["admin"],
        params: memberParams,
        body: named("AccountUserUpdateParams", z.looseObject({ accountCapability: capabilitySchema })),
        failures: ["last-admin", "owner-protected", "self-lockout"],
        answer: updateResult,
        handle: async ({ context, member, params, body, wire }) => {
            const updated = await updateMember(context, member, params.userId, body.accountCapability);
            return {
                success: true,
                message: `${updated.email} has the capability ${updated.capability}`,
                user: memberToWire(updated, wire),
            };
        },
    }),
    defineRoute({
        operation: "accountUserRemove",
        method: "DELETE",
        path: "/account/:accountId/user/:userId",
        summary: "End a membership; the user stays",
        access: ["admin"],
        params: memberParams,
        query: claimQuery,
        failures: ["last-admin", "owner-protected", "self-lockout", "claim-held"],
        answer: actionResult,
        handle: async ({ context, member, params, query }) => {
            await removeMember(context, member, params.userId, query.claim);
            return {
                success: true,
                message: `user ${params.userId} is no longer a member of account ${member.accountId}`,
            };
        },
    }),
];
