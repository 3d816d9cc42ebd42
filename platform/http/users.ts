import { createHash } from "node:crypto";
import { normaliseEmail, Problem } from "section-model";
import { z } from "zod";
import { resendVerification } from "../service/registrations";
import { getUser, type Person, updateUser } from "../service/users";
import { Answer } from "./answer";
import { idField } from "./fields";
import { userParams } from "./parameters";
import { personalLineSchema } from "./personal-line";
import { defineRoute } from "./route";
import { named } from "./schema-definitions";

type Shown = Pick<
    Person,
    | "id"
    | "email"
    | "first_name"
    | "last_name"
    | "company_name"
    | "phone_number"
    | "verified"
    | "requires_2fa"
    | "enforced_2fa"
>;

export const userAnswer = named(
    "User",
    z.strictObject({
        id: idField,
        first_name: z.string(),
        last_name: z.string(),
        email: z.string(),
        email_hash: z.string(),
        company_name: z.string(),
        phone_number: z.string(),
        verified: z.boolean(),
        requires2fa: z.boolean(),
        auto_send_sms: z.boolean(),
        can_edit_profile: z.boolean(),
        enforce2fa: z.boolean(),
    }),
);

/** A user as v1 shows one. */
export function userToWire(user: Shown): z.infer<typeof userAnswer> {
    return {
        id: user.id,
        first_name: user.first_name,
        last_name: user.last_name,
        email: user.email,
        email_hash: createHash("md5").update(normaliseEmail(user.email)).digest("hex"),
        company_name: user.company_name,
        phone_number: user.phone_number,
        verified: user.verified,
        requires2fa: user.requires_2fa,
        auto_send_sms: false,
        can_edit_profile: true,
        enforce2fa: user.enforced_2fa,
    };
}

const resentAnswer = named(
    "UserResendVerificationResult",
    z.strictObject({ success: z.boolean(), message: z.string() }),
);

const line = personalLineSchema.optional();

export const userRoutes = [
    defineRoute({
        operation: "currentUserGet",
        method: "GET",
        path: "/user",
        summary: "Who the credentials belong to",
        access: "user",
        twoFactorExempt: true,
        failures: [],
        answer: userAnswer,
        handle: async ({ context, caller }) => userToWire(await getUser(context, caller)),
    }),
    defineRoute({
        operation: "currentUserPost",
        method: "POST",
        path: "/user",
        summary: "Change your own details; another e-mail address counts once it is verified",
        access: "user",
        // the whole User may come back, and fields that the user may not change are ignored
        body: z.looseObject({
            first_name: line,
            last_name: line,
            company_name: line,
            phone_number: line,
            email: z.string().max(1000).optional(),
            requires2fa: z.boolean("must be true or false").optional(),
        }),
        failures: ["unverified", "password-needed", "rate-limited"],
        answer: userAnswer,
        handle: async ({ context, caller, body }) =>
            userToWire(
                await updateUser(context, caller, {
                    firstName: body.first_name,
                    lastName: body.last_name,
                    companyName: body.company_name,
                    phoneNumber: body.phone_number,
                    email: body.email,
                    requires2fa: body.requires2fa,
                }),
            ),
    }),
    defineRoute({
        operation: "currentUserVerificationPost",
        method: "POST",
        path: "/user/resendverification",
        summary: "Send the mail with the verification link again",
        access: "user",
        twoFactorExempt: true,
        failures: [],
        answer: resentAnswer,
        handle: async ({ context, caller }) => {
            const { sent, user } = await resendVerification(context, caller);
            if (sent) return { success: true, message: `a mail with a link is on its way to ${user.email}` };
            return {
                success: false,
                message: user.verified
                    ? `${user.email} is verified already`
                    : `${user.email} got many mails just now; try again later`,
            };
        },
    }),
    defineRoute({
        operation: "linkExternal",
        method: "POST",
        path: "/user/linkexternal",
        summary:
            "Link the user to an external identity provider: this platform knows none, so every payload is refused",
        access: "user",
        body: z.strictObject({ payload: z.string("must be the text that the identity provider gave").max(100_000) }),
        failures: [],
        status: 204,
        handle: async () => {
            throw new Problem("invalid-input", "the payload is of no identity provider that this platform knows", {
                property: "payload",
                remedy: "Sign in with a password or an API token",
            });
        },
    }),
    defineRoute({
        operation: "cacheClear",
        method: "POST",
        path: "/user/:userId/cache",
        summary: "Forget what this process remembers of your credentials",
        access: "user",
        params: userParams,
        failures: [],
        answer: "nothing",
        handle: async ({ context, caller, params }) => {
            if (params.userId !== caller.userId)
                throw new Problem("forbidden", "Admin privileges are required for the cache of another user");
            context.callers?.clear();
            return new Answer(200);
        },
    }),
];
