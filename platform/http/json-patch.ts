import { z } from "zod";
import { named } from "./schema-definitions";

const mostOperations = 10_000;
const pointer = z.string("must be a JSON pointer").max(2000, "is longer than 2000 characters");
const present = z.custom<unknown>((value) => value !== undefined, "is missing; null is a value too");

/** The body of a PATCH: RFC 6902. Members that an operation does not know are ignored, as the RFC wants it. */
export const jsonPatchSchema = named(
    "PatchRequest",
    z
        .array(
            named(
                "RFC6902Operation",
                z.discriminatedUnion(
                    "op",
                    [
                        z.object({ op: z.enum(["add", "replace", "test"]), path: pointer, value: present }),
                        z.object({ op: z.literal("remove"), path: pointer }),
                        z.object({ op: z.enum(["move", "copy"]), path: pointer, from: pointer }),
                    ],
                    { error: "must be an operation: an object whose op is add, remove, replace, move, copy or test" },
                ),
            ),
            "must be a JSON Patch: a list of operations",
        )
        .max(mostOperations, `has more than ${mostOperations} operations`),
);
