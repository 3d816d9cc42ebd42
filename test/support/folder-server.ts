import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

const mediaTypes: Readonly<Record<string, string>> = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
};

export interface FolderServer {
    url: string;
    close(): Promise<void>;
}

/** A web server that knows nothing but the files of a folder. */
export async function serveFolder(folder: string): Promise<FolderServer> {
    const server = createServer(async ({ url = "/" }, response) => {
        const { pathname } = new URL(url, "http://localhost");
        const file = path.join(folder, path.normalize(decodeURIComponent(pathname)));
        const name = file.endsWith("/") ? path.join(file, "index.html") : file;
        const found = await stat(name).catch(() => undefined);
        const type = mediaTypes[path.extname(name)];
        if (!found?.isFile() || type === undefined) return response.writeHead(404).end();
        createReadStream(name).pipe(response.writeHead(200, { "content-type": type }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}
