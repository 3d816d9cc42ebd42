import { images } from "../catalogue/images";
import { familyOf, stacks } from "../catalogue/stacks";
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
];
