import { z } from "zod";
import { checkHostname } from "../service/hostnames";
import { defineRoute } from "./route";

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
        handle: ({ context, params }) => checkHostname(context, params.hostName),
    }),
];
