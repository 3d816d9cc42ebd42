import { z } from "zod";
import { checkHostname } from "../service/hostnames";
import { defineRoute } from "./route";
import { named } from "./schema-definitions";

const hostnameAnswer = named("HostnameState", z.strictObject({ hostname: z.string(), taken: z.boolean() }));

export const hostnameRoutes = [
    defineRoute({
        operation: "hostnameCheck",
        method: "GET",
        path: "/hostname/:hostName",
        summary: "Whether a hostname is in use on the platform, without asking the DNS",
        access: "user",
        params: z.object({ hostName: z.string().max(1000) }),
        failures: [],
        extension: "hostname.check",
        answer: hostnameAnswer,
        handle: ({ context, params }) => checkHostname(context, params.hostName),
    }),
];
