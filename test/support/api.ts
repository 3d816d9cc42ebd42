import { checkAnswer, type Received } from "./answers";

/** An answer of the platform. */
export interface Answer extends Received {
    // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
    json: any;
}

/** The header of Basic authentication. */
export function basic(user: string, secret: string): { authorization: string } {
    return { authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}` };
}

/** A text with N for an id, to compare answers about two ids. The digits of another number or of a day stay. */
export const withoutId = (text: string, id: number) => text.replace(new RegExp(`\\b${id}\\b`, "g"), "N");

/** A plain REST client, independent of the provider's. Every answer has to be one that the table of routes declares. */
export class Api {
    constructor(
        readonly url: string,
        readonly token: string | undefined,
    ) {}

    async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
        const credentials: Record<string, string> = this.token === undefined ? {} : { "section-token": this.token };
        const address = new URL(`${this.url}${/^\/(api|public)\//.test(path) ? "" : "/api/v1"}${path}`);
        const answer = await fetch(address, {
            method,
            headers: { ...credentials, ...headers },
            body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
        });
        const text = await answer.text();
        checkAnswer(method, address.pathname, { status: answer.status, headers: answer.headers, text });
        let json: unknown;
        try {
            json = JSON.parse(text);
        } catch {
            json = undefined;
        }
        return { status: answer.status, headers: answer.headers, text, json };
    }

    /** The body of an answer that has to be a success. */
    // biome-ignore lint/suspicious/noExplicitAny: as above
    async must(method: string, path: string, body?: unknown): Promise<any> {
        const answer = await this.call(method, path, body);
        if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
        return answer.json;
    }

    get(path: string) {
        return this.must("GET", path);
    }

    /** An organization with one application. */
    async makeSite(
        organization: string,
        hostname: string,
    ): Promise<{ account: number; application: number; gitUrl: string }> {
        const account = await this.must("POST", "/account", { name: organization });
        const application = await this.must("POST", `/account/${account.id}/application/create`, {
            hostname,
            origin: "origin.example.net",
            stackName: "varnish-6.3-basic",
        });
        return { account: account.id, application: application.id, gitUrl: application.git_url };
    }
}
