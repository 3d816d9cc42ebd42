import { stacks } from "../catalogue/stacks";
import { defineRoute } from "./route";

export const catalogueRoutes = [
    defineRoute({
        operation: "stackList",
        method: "GET",
        path: "/stack",
        summary: "The stacks an application can start from",
        access: "user",
        failures: [],
        handle: async ({ wire }) =>
            stacks.map(({ name, label, description, type, proxychain }) => ({ name, label, description, type, ...(wire.extensions && { proxychain }) })),
    }),
];
