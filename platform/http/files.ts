import { branchPathSchema } from "section-model";
import { z } from "zod";
import { patchLimits } from "../service/json-patch";
import { patchFile } from "../service/patch-file";
import { jsonPatchSchema } from "./json-patch";
import { atEnvironment, environmentParams, placeOfEnvironment } from "./parameters";
import { defineRoute } from "./route";
import { named } from "./schema-definitions";

/** A header's bytes are UTF-8 when a path is not plain ASCII; node hands them out one by one. */
const pathHeader = z
    .string("is missing: name the file in this header")
    .transform((text) => Buffer.from(text, "latin1").toString("utf8"))
    .pipe(branchPathSchema);

const writtenAnswer = named("FileUpdateResult", z.strictObject({ filepath: z.string(), commit: z.string() }));

export const fileRoutes = [
    defineRoute({
        operation: "patchFile",
        method: "PATCH",
        path: `${atEnvironment}/update`,
        summary: "Apply a JSON Patch to the JSON file that the header `filepath` names, as one commit of the caller",
        access: ["admin"],
        params: environmentParams,
        headers: z.object({ filepath: pathHeader }),
        body: jsonPatchSchema,
        bodyLimits: patchLimits,
        failures: ["push-refused"],
        answer: writtenAnswer,
        handle: async ({ context, member, params, headers: { filepath }, body }) => ({
            filepath,
            commit: await patchFile(context, member, placeOfEnvironment(params), filepath, body),
        }),
    }),
];
