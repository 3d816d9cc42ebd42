import { createHash } from "node:crypto";
import { normaliseEmail } from "section-model";
import { z } from "zod";
import { getUser, updateUser } from "../service/users";
import type { UserRow } from "../store/database";
import { defineRoute } from "./route";

type Person = Pick<UserRow, "id" | "email" | "first_name" | "last_name" | "company_name" | "phone_number" | "verified">;

/** A user as v1 shows one. */
export function userToWire(user: Person) {
    return {
        id: user.id,
        first_name: user.first_name,
        last_name: user.last_name,
        email: user.email,
        email_hash: createHash("md5").update(normaliseEmail(user.email)).digest("hex"),
        company_name: user.company_name,
        phone_number: user.phone_number,
        verified: user.verified,
        requires2fa: false,
        auto_send_sms: false,
        can_edit_profile: true,
        enforce2fa: false,
    };
}

const line = z.string().max(255);

export const userRoutes = [
    defineRoute({
        operation: "currentUserGet",
        method: "GET",
        path: "/user",
        summary: "Who the credentials belong to",
        access: "user",
        failures: [],
        handle: async ({ context, caller }) => userToWire(await getUser(context, caller)),
    }),
    defineRoute({
        operation: "currentUserPost",
        method: "POST",
        path: "/user",
        summary: "Change one's own details",
        access: "user",
        body: z.looseObject({ first_name: line.optional(), last_name: line.optional(), company_name: line.optional(), phone_number: line.optional() }),
        failures: [],
        handle: async ({ context, caller, body }) =>
            userToWire(
                await updateUser(context, caller, {
                    firstName: body.first_name,
                    lastName: body.last_name,
                    companyName: body.company_name,
                    phoneNumber: body.phone_number,
                }),
            ),
    }),
];
