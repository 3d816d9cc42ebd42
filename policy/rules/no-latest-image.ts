import { defineRule } from "../rule";

interface Config {
    tags: string[];
    images: string[];
}

/** A site's proxies change only when the program changes. */
export const noLatestImage = defineRule<Config>(
    {
        name: "section-no-latest-image",
        description: "Proxies name the version of their image.",
        level: "mandatory",
        config: {
            tags: {
                type: "array",
                items: { type: "string" },
                default: ["latest"],
                description: "Tags that move and are refused",
            },
            images: {
                type: "array",
                items: { type: "string" },
                default: [],
                description: "Images that are allowed as they are, such as `sigsci:latest`",
            },
        },
    },
    {
        resource: (environment, report, { tags, images }) => {
            if (environment.kind !== "environment") return;
            for (const proxy of environment.inputs.proxyChain ?? []) {
                const image = proxy?.image;
                if (image === undefined || images.includes(image)) continue;
                const [product, tag] = image.split(":");
                if (tag !== undefined && !tags.includes(tag)) continue;
                report(environment, {
                    finding: `Proxy ${proxy?.name} of ${environment.name} has the image ${image}, ${tag === undefined ? "without a tag" : "whose tag moves"}`,
                    why: "another version may come with any deployment, and a rollback does not bring the old one back",
                    fix: `name a version of ${product} as its tag; an image that has no other tag can be allowed`,
                    allow: { images: [image] },
                });
            }
        },
    },
);
