import { changeKinds } from "section-model";
import { z } from "zod";
import { listChanges } from "../service/changes";
import type { ChangeRow } from "../store/changes";
import { idField, instantField } from "./fields";
import { accountParams } from "./parameters";
import { defineRoute } from "./route";
import { named, shownAs } from "./schema-definitions";

const changeNumber = { type: "integer", format: "int64", minimum: 1 };

function changeToWire(row: ChangeRow): z.infer<typeof changeAnswer> {
    const { id, at, kind, thing, value_from, value_to, user_name, user_email, command, request_id } = row;
    const user = user_email === null ? null : { name: user_name ?? user_email, email: user_email };
    return { id, at: at.toISOString(), what: kind, thing, from: value_from, to: value_to, user, command, request_id };
}

const changeAnswer = named(
    "AccountChange",
    z.strictObject({
        id: shownAs(z.int().min(1), changeNumber),
        at: instantField,
        what: z.enum(changeKinds),
        thing: z.strictObject({
            application_id: idField.optional(),
            environment_name: z.string().optional(),
            hostname: z.string().optional(),
            user_id: idField.optional(),
            email: z.string().optional(),
        }),
        from: z.string().nullable(),
        to: z.string().nullable(),
        user: z.strictObject({ name: z.string(), email: z.string() }).nullable(),
        command: z.string().nullable(),
        request_id: z.string().nullable(),
    }),
);

export const changeRoutes = [
    defineRoute({
        operation: "accountChanges",
        method: "GET",
        path: "/account/:accountId/changes",
        summary: "Who changed what in an account, newest first",
        // it names people and their roles, as the list of members does
        access: ["admin"],
        params: accountParams,
        query: z.object({
            limit: z.coerce.number().int().min(1).max(500).default(100),
            before: shownAs(z.coerce.number().int().min(1), changeNumber).optional(),
            since: z.iso
                .datetime("must be a moment in UTC, such as 2026-01-31T12:00:00Z")
                .refine((text) => Date.parse(text) >= 0, "must not be before 1970")
                .optional(),
        }),
        failures: [],
        extension: "account.changes",
        answer: z.array(changeAnswer),
        handle: async ({ context, member, query: { limit, before, since } }) =>
            (
                await listChanges(context, member, {
                    limit,
                    before,
                    since: since === undefined ? undefined : new Date(since),
                })
            ).map(changeToWire),
    }),
];
