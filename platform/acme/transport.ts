import { Agent, request } from "node:https";
import { rootCertificates } from "node:tls";
import { AcmeFailure } from "./acme-failure";
import type { Reply } from "./reply";

const timeoutMs = 30_000;
const largestBody = 1024 * 1024;

/** HTTPS to one certificate authority, over connections that stay open. */
export class Transport {
    readonly #agent: Agent;
    readonly #closing = new AbortController();

    /** @param ca PEM of an authority that signs the server's own certificate, beside those that Node knows */
    constructor(ca?: string) {
        this.#agent = new Agent({ keepAlive: true, ca: ca === undefined ? undefined : [...rootCertificates, ca] });
    }

    /** Aborts when the transport is closed. */
    get signal(): AbortSignal {
        return this.#closing.signal;
    }

    async send(method: "GET" | "HEAD" | "POST", url: string, body?: string): Promise<Reply> {
        const signal = AbortSignal.any([this.signal, AbortSignal.timeout(timeoutMs)]);
        const headers: Record<string, string> = { "user-agent": "section-platform", accept: "*/*" };
        if (body !== undefined) headers["content-type"] = "application/jose+json";
        try {
            return await new Promise<Reply>((resolve, reject) => {
                const outgoing = request(url, { method, headers, agent: this.#agent, signal }, (incoming) => {
                    const chunks: Buffer[] = [];
                    let size = 0;
                    incoming.on("data", (chunk: Buffer) => {
                        size += chunk.length;
                        chunks.push(chunk);
                        if (size > largestBody) outgoing.destroy(new Error("the answer is too large"));
                    });
                    incoming.once("end", () =>
                        resolve({
                            status: incoming.statusCode ?? 0,
                            headers: incoming.headers,
                            body: Buffer.concat(chunks),
                        }),
                    );
                    incoming.once("error", reject);
                });
                outgoing.once("error", reject);
                outgoing.end(body);
            });
        } catch (cause) {
            this.signal.throwIfAborted();
            const { message, code } = cause as NodeJS.ErrnoException;
            const where = URL.canParse(url) ? new URL(url).host : "the certificate authority";
            throw new AcmeFailure(
                "unreachable",
                `${where} does not answer: ${code === "ABORT_ERR" ? "timeout" : message}`,
                { cause },
            );
        }
    }

    close(): void {
        this.#closing.abort();
        this.#agent.destroy();
    }
}
