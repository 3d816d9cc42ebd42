import { z } from "zod";

/** Names at the root of a repository that a proxy's folder must not take. */
export const reservedFolders = ["custom_errors", "outage_pages", "section.config.json"];

export const proxyNameSchema = z
    .string("must be the name of a proxy")
    .regex(/^[0-9A-Za-z]{1,32}$/, "must be 1 to 32 letters and digits")
    .refine((name) => !reservedFolders.includes(name), "is a reserved folder; choose another name");

/** One proxy of the chain: its folder in the repository and the image that runs it. */
export const proxySchema = z.strictObject({
    name: proxyNameSchema,
    image: z
        .string("must be an image such as varnish:6.3.1")
        .regex(/^[a-z0-9][a-z0-9._-]*(:[A-Za-z0-9][A-Za-z0-9._-]*)?$/, "must be an image such as varnish:6.3.1"),
});

export type Proxy = z.infer<typeof proxySchema>;

/** The proxies that a request passes, in order. Names are unique. An empty chain is valid. */
export const proxyChainSchema = z.array(proxySchema).superRefine((chain, context) => {
    chain.forEach((proxy, index) => {
        if (chain.findIndex((other) => other.name === proxy.name) < index) {
            context.addIssue({
                code: "custom",
                path: [index, "name"],
                message: `"${proxy.name}" stands twice in the chain; names are unique`,
            });
        }
    });
});
