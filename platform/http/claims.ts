import { claimIdSchema, newClaimSchema } from "section-model";
import { z } from "zod";
import { type ClaimOutcome, setClaims } from "../service/claims";
import type { StoredClaim } from "../store/column";
import { idField, instantField } from "./fields";
import { accountParams } from "./parameters";
import { defineRoute, type WireContext } from "./route";
import { extended, named } from "./schema-definitions";

const extension = "claims";

/** A claim as answers show it: not there when nobody holds the thing. */
export const claimAnswer = extended(
    extension,
    named(
        "Claim",
        z.strictObject({
            id: z.string(),
            project: z.string(),
            stack: z.string(),
            resource: z.string(),
            claimed_at: instantField,
        }),
    ),
);

/** The claim of a thing that a body makes. */
export const claimField = extended(extension, named("NewClaim", newClaimSchema));

/** The claim that a thing must have, else it is left alone. */
export const expectedClaimField = extended(extension, z.literal("none").or(claimIdSchema));

/** The claim that a thing is deleted with. */
export const claimQuery = z.object({ claim: expectedClaimField });

/** The claim of a thing, if it has one, in an answer beyond v1. */
export function claimToWire({ claim }: { claim: StoredClaim | null }, { extensions }: Pick<WireContext, "extensions">) {
    return extensions && claim !== null ? { claim } : {};
}

/** A name in the database's JSON, which has neither a NUL nor a half of a character. */
const nameField = z
    .string()
    .max(1000)
    .refine((text) => !/[\0\p{Cs}]/u.test(text), "has a character that no name has")
    .optional();

const thingField = named(
    "ClaimableThing",
    z
        .strictObject({
            email: nameField,
            application_id: idField.optional(),
            environment_name: nameField,
            hostname: nameField,
        })
        .refine(
            ({ environment_name, ...thing }) =>
                Object.keys(thing).length < 2 && (environment_name === undefined || thing.application_id !== undefined),
            "must be {} for the account, or have email, application_id, application_id and environment_name, or hostname",
        ),
);

const mostClaims = 500;

const outcomeAnswer = named(
    "ClaimOutcome",
    z.strictObject({ thing: thingField, outcome: z.enum(["set", "held", "missing"]), claim: claimAnswer }),
);

function outcomeToWire({ thing, outcome, claim }: ClaimOutcome, wire: WireContext): z.infer<typeof outcomeAnswer> {
    return { thing, outcome, ...claimToWire({ claim }, wire) };
}

export const claimRoutes = [
    defineRoute({
        operation: "accountClaims",
        method: "POST",
        path: "/account/:accountId/claims",
        summary: "Take things over or release them, each if its claim is still the expected one",
        access: ["admin"],
        params: accountParams,
        body: z.strictObject({
            claims: z
                .array(
                    z.strictObject({
                        thing: thingField,
                        expected: claimIdSchema.nullable(),
                        claim: newClaimSchema.nullable(),
                    }),
                )
                .min(1)
                .max(mostClaims),
        }),
        failures: [],
        extension,
        answer: z.array(outcomeAnswer),
        handle: async ({ context, member, body, wire }) =>
            (await setClaims(context, member, body.claims)).map((each) => outcomeToWire(each, wire)),
    }),
];
