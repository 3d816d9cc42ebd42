import { soundOriginHostSchema } from "section-model";
import { z } from "zod";
import { defaultStackName } from "../catalogue/stacks";
import { recordTypes } from "../dns/record-data";
import { recordTypeSchema } from "../dns/zone-record";
import { noted, shownAs } from "./schema-definitions";

const idSchema = shownAs(
    z
        .string()
        .regex(/^\d{1,10}$/, "must be a number")
        .transform(Number)
        .refine((id) => id < 2 ** 31, "is out of range"),
    { type: "integer", format: "int64", minimum: 0, maximum: 2 ** 31 - 1 },
);

const text = z.string().min(1).max(300);

/** The path of an environment's own things, below the root of the API. */
export const atEnvironment = "/account/:accountId/application/:applicationId/environment/:environmentName";

export const accountParams = z.object({ accountId: idSchema });
export const userParams = z.object({ userId: idSchema });
export const memberParams = accountParams.extend({ userId: idSchema });
export const applicationParams = accountParams.extend({ applicationId: idSchema });
export const environmentParams = applicationParams.extend({ environmentName: text });
export const proxyParams = environmentParams.extend({
    proxyName: z.string().regex(/^[A-Za-z0-9]{1,32}$/, "can only contain alphanumeric characters, at most 32"),
});
export const domainParams = environmentParams.extend({ hostName: text });
export const accountDomainParams = accountParams.extend({ hostName: text });
export const zoneParams = accountParams.extend({ zoneName: text });

/** The type of a record, in capitals or not. */
export const recordTypeField = shownAs(recordTypeSchema, { type: "string", enum: recordTypes });
export const zoneRecordParams = zoneParams.extend({ recordName: text, recordType: recordTypeField });

/** `true` or `false` in a query. */
export const flagSchema = shownAs(
    z.enum(["true", "false"], "must be true or false").transform((word) => word === "true"),
    { type: "boolean" },
);

/** The name of a stack: one that there is not, of whatever characters, is refused by the catalogue. */
export const stackNameField = z.string("must be the name of a stack");

/** The same in a body that makes an application. */
export const stackField = noted(stackNameField.optional(), { default: defaultStackName });

/** An origin in a body; some clients send an empty one for none. */
export const originField = z.literal("").or(soundOriginHostSchema).optional();

/** The environment that the parameters of a path name. */
export function placeOfEnvironment({ applicationId, environmentName }: z.infer<typeof environmentParams>) {
    return { applicationId, environment: environmentName };
}
