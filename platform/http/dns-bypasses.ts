import { setDnsBypass } from "../service/dns-bypasses";
import { Answer } from "./answer";
import { atEnvironment, environmentParams, placeOfEnvironment } from "./parameters";
import { defineRoute } from "./route";

const path = `${atEnvironment}/dnsbypass`;

export const dnsBypassRoutes = [
    defineRoute({
        operation: "environmentDnsBypassPost",
        method: "POST",
        path,
        summary: "Lead all traffic of an environment to its origin, past the platform",
        access: ["admin"],
        params: environmentParams,
        failures: [],
        answer: "nothing",
        handle: async ({ context, member, params }) => {
            await setDnsBypass(context, member, placeOfEnvironment(params), true);
            return new Answer(200);
        },
    }),
    defineRoute({
        operation: "environmentDnsBypassDelete",
        method: "DELETE",
        path,
        summary: "Lead the traffic of an environment through the platform again",
        access: ["admin"],
        params: environmentParams,
        failures: [],
        answer: "nothing",
        handle: async ({ context, member, params }) => {
            await setDnsBypass(context, member, placeOfEnvironment(params), false);
            return new Answer(200);
        },
    }),
];
