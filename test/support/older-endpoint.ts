import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";

export interface Endpoint {
    url: string;
    close(): Promise<void>;
}

/** Stands before a platform and does not tell of an extension, as an older one would not. */
export async function startOlderEndpoint(target: string, extension: string): Promise<Endpoint> {
    const server = createServer((incoming, outgoing) => {
        const { hostname, port } = new URL(target);
        const { method, url: path, headers } = incoming;
        const onward = forward({ hostname, port, method, path, headers }, async (answer) => {
            const isAsked = path === "/api/v1/capabilities";
            const { "content-length": _, ...kept } = answer.headers;
            outgoing.writeHead(answer.statusCode ?? 502, isAsked ? kept : answer.headers);
            if (!isAsked) return void answer.pipe(outgoing);
            const chunks: Buffer[] = [];
            for await (const chunk of answer) chunks.push(chunk);
            outgoing.end(Buffer.concat(chunks).toString("utf8").replace(`"${extension}",`, ""));
        });
        onward.once("error", () => incoming.socket.destroy());
        incoming.pipe(onward);
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
