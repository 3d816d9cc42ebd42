import { Problem } from "section-model";
import { z } from "zod";
import { imageExists, images } from "../catalogue/images";
import { templateOf } from "../catalogue/proxy-templates";
import { archiveTemplate } from "../catalogue/template-archive";
import { Answer } from "./answer";
import { defineRoute } from "./route";
import { named } from "./schema-definitions";

const initialState = "/proxytemplate/initialstate";

const templateAnswer = named(
    "ProxyTemplate",
    z.strictObject({
        name: z.string(),
        label: z.string(),
        description: z.string(),
        image: z.string(),
        initialStateUri: z.string(),
    }),
);

function templateToWire(image: string): z.infer<typeof templateAnswer> {
    const { label, description } = templateOf(image);
    const version = image.split(":")[1];
    return {
        name: image,
        label: version === undefined ? label : `${label} ${version}`,
        description,
        image,
        initialStateUri: `/api/v1${initialState}?proxyTemplateName=${encodeURIComponent(image)}`,
    };
}

export const proxyTemplateRoutes = [
    defineRoute({
        operation: "proxyTemplateList",
        method: "GET",
        path: "/proxytemplate",
        summary: "The images a proxy chain can name",
        access: "user",
        failures: [],
        answer: z.array(templateAnswer),
        handle: async () => images.map(templateToWire),
    }),
    defineRoute({
        operation: "proxyTemplateInitialState",
        method: "GET",
        path: initialState,
        summary: "The files a new proxy starts from, as tar.gz",
        access: "user",
        query: z.object({ proxyTemplateName: z.string("must be the name of a proxy template").max(300) }),
        failures: [],
        answer: "application/tar+gzip",
        handle: async ({ query: { proxyTemplateName } }) => {
            if (!imageExists(proxyTemplateName)) {
                throw new Problem("invalid-input", `there is no proxy template ${JSON.stringify(proxyTemplateName)}`, {
                    property: "proxyTemplateName",
                    remedy: "Name one of GET /api/v1/proxytemplate",
                });
            }
            return new Answer(200, await archiveTemplate(proxyTemplateName), "application/tar+gzip");
        },
    }),
];
