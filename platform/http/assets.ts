import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import type { Assets } from "../page/document";

const types = {
    css: "text/css; charset=utf-8",
    js: "text/javascript; charset=utf-8",
    svg: "image/svg+xml",
};

/** The addresses of what pages load. */
export interface PageAssets extends Assets {
    /** For the pages behind links in mails; the others run none. */
    script: string;
}

function load(name: string, extension: keyof typeof types) {
    const content = readFileSync(require.resolve(`section-platform/${name}.${extension}`));
    const version = createHash("sha256").update(content).digest("hex").slice(0, 12);
    return { content, type: types[extension], address: `/${name}-${version}.${extension}` };
}

/**
 * Serves the style, the icon and the one script of pages, each at an address that changes with it, so that browsers
 * keep them for good.
 */
export function serveAssets(server: FastifyInstance): PageAssets {
    const [style, icon, script] = [load("style", "css"), load("icon", "svg"), load("link-page", "js")];
    for (const { address, content, type } of [style, icon, script]) {
        server.get(address, { config: { isPublic: true } }, async (_request, reply) =>
            reply
                .headers({
                    "cache-control": "public, max-age=31536000, immutable",
                    "x-content-type-options": "nosniff",
                })
                .type(type)
                .send(content),
        );
    }
    return { style: style.address, icon: icon.address, script: script.address };
}
