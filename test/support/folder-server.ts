import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { type Script, startScript } from "./http-server";

const mediaTypes: Readonly<Record<string, string>> = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
};

/** A web server that knows nothing but the files of a folder. */
export function serveFolder(folder: string): Promise<Script> {
    return startScript(async ({ url = "/" }, response) => {
        const { pathname } = new URL(url, "http://localhost");
        const file = path.join(folder, path.normalize(decodeURIComponent(pathname)));
        const name = file.endsWith("/") ? path.join(file, "index.html") : file;
        const found = await stat(name).catch(() => undefined);
        const type = mediaTypes[path.extname(name)];
        if (!found?.isFile() || type === undefined) return response.writeHead(404).end();
        createReadStream(name).pipe(response.writeHead(200, { "content-type": type }));
    });
}
