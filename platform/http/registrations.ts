import { z } from "zod";
import { passwordSchema } from "../auth/password-schema";
import { confirmEmailChange } from "../service/email-changes";
import { acceptLink, readLink, register } from "../service/registrations";
import { personalLineSchema } from "./personal-line";
import { defineRoute } from "./route";
import { userAnswer, userToWire } from "./users";

const line = personalLineSchema.optional();
const token = z.string("must be the part of the link after #").max(200);

const doneAnswer = z.strictObject({ success: z.boolean() });
const linkAnswer = z.strictObject({
    email: z.string(),
    firstname: z.string(),
    lastname: z.string(),
    /** Of somebody who is a user already; everybody else chooses a password. */
    needs_password: z.literal(false).optional(),
    accounts: z.array(z.strictObject({ id: z.number(), account_name: z.string() })),
});
const acceptedAnswer = doneAnswer.extend({ email: z.string() });

/** The routes by which people become users. They are no part of v1, and are there with or without extensions. */
export const registrationRoutes = [
    defineRoute({
        operation: "register",
        method: "POST",
        root: "/public",
        path: "/register",
        summary: "Become a user; the address has to be verified. Where the operator allows it",
        access: "anonymous",
        listsFailures: "errors",
        body: z.looseObject({
            email: z.string("must be an e-mail address").max(1000),
            password: passwordSchema,
            firstname: line,
            lastname: line,
            companyname: line,
            phonenumber: line,
        }),
        failures: ["forbidden", "rate-limited", "overloaded"],
        answer: doneAnswer,
        handle: async ({ context, network, body }) => {
            const { email, password, firstname = "", lastname = "", companyname = "", phonenumber = "" } = body;
            const person = {
                firstName: firstname,
                lastName: lastname,
                companyName: companyname,
                phoneNumber: phonenumber,
            };
            await register(context, { email, password, ...person }, network);
            return { success: true };
        },
    }),
    defineRoute({
        operation: "readLink",
        method: "POST", // the token of a link is in no address, and so in no log
        root: "/public",
        path: "/link",
        summary:
            "Say what the link of an invitation or a registration is for: the person, and the accounts that invite them",
        access: "anonymous",
        body: z.looseObject({ token }),
        failures: [],
        answer: linkAnswer,
        handle: async ({ context, body }) => {
            const { user, accounts } = await readLink(context, body.token);
            const { email, first_name: firstname, last_name: lastname, verified } = user;
            const places = accounts.map(({ id, name }) => ({ id, account_name: name }));
            return {
                email,
                firstname,
                lastname,
                ...(verified && { needs_password: false as const }),
                accounts: places,
            };
        },
    }),
    defineRoute({
        operation: "acceptLink",
        method: "POST",
        root: "/public",
        path: "/accept",
        summary:
            "Follow the link of an invitation or a registration. A person who is no user yet chooses a password, and the address is verified",
        access: "anonymous",
        body: z.looseObject({ token, password: passwordSchema.optional(), firstname: line, lastname: line }),
        failures: ["overloaded"],
        answer: acceptedAnswer,
        handle: async ({ context, body }) => {
            const { email } = await acceptLink(context, {
                token: body.token,
                password: body.password,
                firstName: body.firstname,
                lastName: body.lastname,
            });
            return { success: true, email };
        },
    }),
    defineRoute({
        operation: "verifyEmail",
        method: "POST",
        root: "/public",
        path: "/verify",
        summary: "Verify your new e-mail address by the link that was sent to it, signed in",
        access: "verified",
        body: z.looseObject({ token }),
        failures: [],
        answer: userAnswer,
        handle: async ({ context, caller, body }) => userToWire(await confirmEmailChange(context, caller, body.token)),
    }),
];
