import { request } from "node:http";
import { request as secureRequest } from "node:https";

/** The part of an answer that is read, in bytes. */
const mostRead = 1024 * 1024;

export interface HealthRequest {
    url: URL;
    /** An edge to ask in place of the DNS's: `address` or `address:port`. */
    edge?: string;
    expectStatus: number;
    /** A text that the answer has to contain. */
    expectText?: string;
    timeoutMs: number;
    signal?: AbortSignal;
}

interface Answer {
    status: number;
    text: string;
}

function ask({ url, edge, timeoutMs, signal }: HealthRequest): Promise<Answer> {
    const at = edge === undefined ? url : new URL(`${url.protocol}//${edge}`);
    const send = url.protocol === "https:" ? secureRequest : request;
    const options = {
        host: at.hostname.replaceAll(/[[\]]/g, ""),
        port: at.port || url.port,
        path: `${url.pathname}${url.search}`,
        servername: url.hostname,
        headers: { host: url.host, "user-agent": "pulumi-section waves" },
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]),
        agent: false as const,
    };
    return new Promise((resolve, reject) => {
        const sent = send(options, (answer) => {
            let text = "";
            answer.setEncoding("utf8").on("data", (part: string) => {
                text = (text + part).slice(0, mostRead);
            });
            answer.once("error", reject).once("end", () => resolve({ status: answer.statusCode ?? 0, text }));
        });
        sent.once("error", reject).end();
    });
}

/** Asks a hostname for a page. Resolves with the fault, if there is one; a redirect is not followed. */
export async function runHealthRequest(check: HealthRequest): Promise<string | undefined> {
    const { url, expectStatus, expectText, timeoutMs } = check;
    try {
        const { status, text } = await ask(check);
        if (status !== expectStatus) return `${url}: status ${status} instead of ${expectStatus}`;
        if (expectText !== undefined && !text.includes(expectText))
            return `${url}: the answer does not contain ${JSON.stringify(expectText)}`;
        return undefined;
    } catch (error) {
        const { name, code, message } = error as NodeJS.ErrnoException;
        return `${url}: ${name === "TimeoutError" || name === "AbortError" ? `no answer within ${timeoutMs / 1000} s` : (code ?? message)}`;
    }
}
