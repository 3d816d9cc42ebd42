import { z } from "zod";
import { stacks } from "../catalogue/stacks";
import { defineRoute } from "./route";
import { extended, named } from "./schema-definitions";

const stackAnswer = named(
    "Stack",
    z.strictObject({
        name: z.string(),
        label: z.string(),
        description: z.string(),
        type: z.enum(["performance", "security", "other", "metrics"]),
        proxychain: extended("stack.proxychain", z.array(z.strictObject({ name: z.string(), image: z.string() }))),
    }),
);

export const catalogueRoutes = [
    defineRoute({
        operation: "stackList",
        method: "GET",
        path: "/stack",
        summary: "The stacks an application can start from",
        access: "user",
        failures: [],
        answer: z.array(stackAnswer),
        handle: async ({ wire }) =>
            stacks.map(({ name, label, description, type, proxychain }) => ({
                name,
                label,
                description,
                type,
                ...(wire.extensions && { proxychain }),
            })),
    }),
];
