import { once } from "node:events";
import { createServer } from "node:http";

/** The server that a site is at before its DNS leads to the platform. */
export interface FormerServer {
    /** Whether it passes challenges on, as docs/certificates.md says; else it answers 404 to all. */
    forwards: boolean;
    close(): Promise<void>;
}

/** Starts it at 127.0.0.2. */
export async function startFormerServer({ port, to }: { port: number; to: string }): Promise<FormerServer> {
    const server = createServer(async (request, response) => {
        const token = /^\/\.well-known\/acme-challenge\/([\w-]+)$/.exec(request.url ?? "")?.[1];
        if (!former.forwards || token === undefined) return response.writeHead(404).end();
        const answer = await fetch(`${to}/acme/acme-challenge/${token}`, {
            headers: { "upstream-host": request.headers.host ?? "" },
        });
        return response.writeHead(answer.status).end(await answer.text());
    });
    const former: FormerServer = {
        forwards: false,
        close: async () => {
            server.close();
            server.closeAllConnections();
        },
    };
    server.listen(port, "127.0.0.2");
    await once(server, "listening");
    return former;
}
