import { z } from "zod";
import { getProxyConfiguration, setProxyConfiguration } from "../service/proxies";
import { atEnvironment, placeOfEnvironment, proxyParams } from "./parameters";
import { defineRoute } from "./route";
import { named } from "./schema-definitions";

const path = `${atEnvironment}/proxy/:proxyName/configuration`;

/** Read and written alike; `personality` and `generatedContent` are taken and not kept. */
const configurationSchema = named(
    "ProxyConfiguration",
    z.object({
        personality: z.string().optional(),
        content: z.string("must be the text of the proxy's main file"),
        message: z.string("must be the message of the commit").max(10_000).optional(),
        features: z.string("must be the text of a JSON document").optional(),
        generatedContent: z.string().optional(),
    }),
);

/** v1 answers this success with the shape of its errors. */
const updateAnswer = named("ProxyConfigurationUpdate", z.strictObject({ message: z.string() }));

export const proxyRoutes = [
    defineRoute({
        operation: "configurationGet",
        method: "GET",
        path,
        summary: "A proxy's main file, its features and what is generated from them",
        access: "member",
        params: proxyParams,
        failures: [],
        answer: configurationSchema,
        handle: ({ context, member, params }) =>
            getProxyConfiguration(context, member, placeOfEnvironment(params), params.proxyName),
    }),
    defineRoute({
        operation: "configurationPost",
        method: "POST",
        path,
        summary: "Write a proxy's main file and features, as one commit of the caller with the given message",
        access: ["admin"],
        params: proxyParams,
        body: configurationSchema,
        failures: ["push-refused"],
        answer: updateAnswer,
        handle: async ({ context, member, params, body }) => ({
            message: (await setProxyConfiguration(context, member, placeOfEnvironment(params), params.proxyName, body))
                ? "The configuration was updated"
                : "The configuration is this already",
        }),
    }),
];
