import { z } from "zod";
import { addOwnToken, listTokens, revokeOwnToken } from "../service/tokens";
import type { TokenRow } from "../store/tokens";
import { instantField } from "./fields";
import { defineRoute } from "./route";
import { named } from "./schema-definitions";

const extension = "token.manage";
const scopeSchema = z.enum(["read", "write"]);

const tokenAnswer = named(
    "Token",
    z.strictObject({
        id: z.string(),
        description: z.string(),
        scope: scopeSchema,
        created_at: instantField,
        expires_at: instantField.nullable(),
        last_used_at: instantField.nullable(),
    }),
);
const newTokenAnswer = named("NewToken", tokenAnswer.extend({ token: z.string() }));

/** A token as its owner sees it; the value itself is shown at creation only. */
export function tokenToWire(token: TokenRow): z.infer<typeof tokenAnswer> {
    return {
        id: token.id,
        description: token.description,
        scope: token.scope,
        created_at: token.created_at.toISOString(),
        expires_at: token.expires_at?.toISOString() ?? null,
        last_used_at: token.last_used_at?.toISOString() ?? null,
    };
}

export const tokenRoutes = [
    defineRoute({
        operation: "tokenList",
        method: "GET",
        path: "/user/token",
        summary: "Your own tokens, without their values",
        access: "user",
        failures: [],
        extension,
        answer: z.array(tokenAnswer),
        handle: async ({ context, caller }) => (await listTokens(context, caller.userId)).map(tokenToWire),
    }),
    defineRoute({
        operation: "tokenCreate",
        method: "POST",
        path: "/user/token",
        summary:
            "Make a token; its value is shown once. One that a token makes by itself lasts 90 days at most, and ends with it",
        access: "verified",
        body: z.object({
            description: z.string().trim().min(1).max(200),
            scope: scopeSchema.default("write"),
            expires_at: z.iso.datetime({ offset: true }).optional(),
        }),
        failures: ["password-needed"],
        extension,
        answer: newTokenAnswer,
        handle: async ({ context, caller, body }) => {
            const { description, scope, expires_at } = body;
            const expiresAt = expires_at === undefined ? undefined : new Date(expires_at);
            const { row, token } = await addOwnToken(context, caller, { description, scope, expiresAt });
            return { ...tokenToWire(row), token };
        },
    }),
    defineRoute({
        operation: "tokenDelete",
        method: "DELETE",
        path: "/user/token/:tokenId",
        summary: "Revoke a token, and those that it made, at once",
        access: "user",
        params: z.object({ tokenId: z.string().max(64) }),
        failures: ["password-needed"],
        extension,
        status: 204,
        handle: ({ context, caller, params }) => revokeOwnToken(context, caller, params.tokenId),
    }),
];
