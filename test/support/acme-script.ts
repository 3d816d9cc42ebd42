import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { issueCertificate } from "./certificates";

export interface ScriptedReply {
    status?: number;
    headers?: Record<string, string>;
    body?: unknown;
}

export interface AcmeScript {
    url: string;
    /** PEM of the certificate that signed the server's. */
    ca: string;
    /** Path and payload of every POST. */
    posts: { path: string; header: Record<string, unknown>; payload: unknown }[];
    close(): Promise<void>;
}

/**
 * A certificate authority that gives the answers of a test, such as those that no real one gives on demand. Directory,
 * nonces and account work.
 */
export async function startAcmeScript(
    answer: (path: string, count: number) => ScriptedReply | "silence" | undefined,
): Promise<AcmeScript> {
    const authority = await issueCertificate({ name: "CN=Scripted", isAuthority: true });
    const own = await issueCertificate({ names: ["localhost"], issuer: authority });
    const posts: AcmeScript["posts"] = [];
    const server = createServer({ cert: own.certificate, key: own.key }, (request, response) => {
        let text = "";
        request.on("data", (chunk) => {
            text += chunk;
        });
        request.once("end", () => {
            const path = request.url ?? "";
            if (request.method === "POST") {
                const message = JSON.parse(text);
                const decode = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString() || "null");
                posts.push({ path, header: decode(message.protected), payload: decode(message.payload) });
            }
            const url = `https://localhost:${(server.address() as AddressInfo).port}`;
            const usual: Record<string, ScriptedReply> = {
                "/dir": { body: { newNonce: `${url}/nonce`, newAccount: `${url}/account`, newOrder: `${url}/orders` } },
                "/nonce": {},
                "/account": { status: 201, headers: { location: `${url}/account/1` }, body: {} },
            };
            const scripted = answer(path, posts.filter((each) => each.path === path).length);
            if (scripted === "silence") return;
            const { status = 200, headers = {}, body = {} } = scripted ?? usual[path] ?? {};
            response.writeHead(status, { "replay-nonce": `nonce-${posts.length}`, ...headers });
            response.end(typeof body === "string" ? body : JSON.stringify(body));
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
        url: `https://localhost:${(server.address() as AddressInfo).port}`,
        ca: authority.certificate,
        posts,
        close: () =>
            new Promise((resolve) => {
                server.close(() => resolve());
                server.closeAllConnections();
            }),
    };
}
