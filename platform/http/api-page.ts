import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { apiRoot } from "./route";

const root = "/api/ui";

const headers = {
    "content-security-policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
};

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Section API</title>
<link rel="icon" href="${root}/favicon.png">
<link rel="stylesheet" href="${root}/swagger-ui.css">
<div id="api"></div>
<noscript>This page needs JavaScript. The description is at ${apiRoot}/swagger.yaml.</noscript>
<script src="${root}/swagger-ui-bundle.js"></script>
<script src="${root}/start.js"></script>
</html>
`;

/** Swagger UI as its Fastify plugin carries it: swagger-ui-dist itself reports every installation to a third party. */
const files = [
    { name: "swagger-ui.css", module: "@fastify/swagger-ui/static/swagger-ui.css", type: "text/css; charset=utf-8" },
    {
        name: "swagger-ui-bundle.js",
        module: "@fastify/swagger-ui/static/swagger-ui-bundle.js",
        type: "text/javascript; charset=utf-8",
    },
    { name: "favicon.png", module: "@fastify/swagger-ui/static/favicon-32x32.png", type: "image/png" },
    { name: "start.js", module: "section-platform/api-page.js", type: "text/javascript; charset=utf-8" },
];

async function load(module: string) {
    const plain = await readFile(require.resolve(module));
    return { plain, packed: await promisify(gzip)(plain) };
}

/** The API for browsing and trying out. Its files are read when somebody asks for them first. */
export function apiPage(server: FastifyInstance): void {
    server.get(root, async (_request, reply) => reply.headers(headers).type("text/html; charset=utf-8").send(page));
    for (const { name, module, type } of files) {
        let loaded: ReturnType<typeof load> | undefined;
        server.get(`${root}/${name}`, { config: { isPublic: true } }, async (request, reply) => {
            loaded ??= load(module);
            const { plain, packed } = await loaded;
            const takesGzip = /\bgzip\b/.test(String(request.headers["accept-encoding"]));
            void reply
                .headers({ ...headers, "cache-control": "public, max-age=3600", vary: "Accept-Encoding" })
                .type(type);
            return takesGzip ? reply.header("content-encoding", "gzip").send(packed) : reply.send(plain);
        });
    }
}
