import { defineConfig } from "vitepress";
import { slugOf } from "../../scripts/slug.mjs";
import { prepareMarkdown } from "./markdown.mjs";
import { readSidebar } from "./sidebar.mjs";

export default defineConfig({
    title: "pulumi-section",
    description: "An agency's client sites on the Section platform, declared in TypeScript",
    lang: "en",
    srcDir: "pages", // a copy that tools/docs-site.mjs makes: VitePress finds Vue only from below its own folder
    outDir: "./dist",
    head: [["link", { rel: "icon", href: "/icon.svg", type: "image/svg+xml" }]],
    cacheDir: "./node_modules/.vitepress",
    markdown: {
        anchor: { slugify: slugOf },
        config: prepareMarkdown,
        theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    },
    themeConfig: {
        sidebar: readSidebar(),
        outline: [2, 3],
        search: { provider: "local" },
        externalLinkIcon: false,
    },
});
