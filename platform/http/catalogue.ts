import { z } from "zod";
import { images } from "../catalogue/images";
import { familyOf, stacks } from "../catalogue/stacks";
import { discoverOrigin } from "../service/origins";
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
    defineRoute({
        operation: "proxyTemplateList",
        method: "GET",
        path: "/proxytemplate",
        summary: "The images a proxy chain can name",
        access: "user",
        failures: [],
        handle: async () =>
            images.map((image) => ({
                name: image,
                label: image,
                description: `Proxy of the ${familyOf(image)} family`,
                image,
                initialStateUri: `/api/v1/proxytemplate/initialstate?proxyTemplateName=${encodeURIComponent(image)}`,
            })),
    }),
    defineRoute({
        operation: "resolveGet",
        method: "GET",
        path: "/origin",
        summary: "What the DNS and the platform know of a hostname",
        access: "user",
        query: z.object({ hostName: z.string().max(1000) }),
        failures: [],
        handle: async ({ context, query }) => {
            const { hostname, isApex, isTaken, addresses } = await discoverOrigin(context, query.hostName);
            const [first = ""] = addresses;
            return {
                hostname,
                hostname_bare: isApex,
                hostname_duplicate: isTaken,
                origin_detected: first !== "",
                origin: first,
                origin_fixed: false,
                origin_lookup: first,
                origin_multiple: addresses.length > 1,
                origin_hint: "",
                thirdparty_detected: false,
                thirdparty_name: "",
                origin_app_name: "",
            };
        },
    }),
];
