/** The answer to a browser. */
export interface Visit {
    status: number;
    headers: Headers;
    text: string;
    /** The target of a redirect. */
    location: string | null;
}

const browserAccept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/** A browser without a screen: keeps cookies, sends forms as browsers do, follows nothing by itself. */
export class Visitor {
    readonly cookies = new Map<string, string>();

    constructor(readonly url: string) {}

    async send(path: string, init: RequestInit = {}): Promise<Visit> {
        const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        const headers = {
            accept: browserAccept,
            ...(cookie !== "" && { cookie }),
            ...(init.headers as Record<string, string>),
        };
        const answer = await fetch(this.url + path, { ...init, headers, redirect: "manual" });
        for (const line of answer.headers.getSetCookie()) {
            const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
            if (value === "") this.cookies.delete(name);
            else this.cookies.set(name, value);
        }
        return {
            status: answer.status,
            headers: answer.headers,
            text: await answer.text(),
            location: answer.headers.get("location"),
        };
    }

    get(path: string): Promise<Visit> {
        return this.send(path);
    }

    /** Sends a form of `page`, with the page's token. */
    post(
        path: string,
        page: Visit,
        fields: Record<string, string>,
        headers: Record<string, string> = {},
    ): Promise<Visit> {
        const form = /name="form" value="([^"]*)"/.exec(page.text)?.[1] ?? "";
        return this.send(path, {
            method: "POST",
            body: new URLSearchParams({ form, ...fields }),
            headers: { origin: this.url, ...headers },
        });
    }

    async signIn(fields: { email: string; password: string } | { token: string }, to = "/"): Promise<Visit> {
        return this.post("/sign-in", await this.get("/sign-in"), { ...fields, to });
    }

    async signOut(): Promise<Visit> {
        return this.post("/sign-out", await this.get("/"), {});
    }
}

/** A browser that has signed in with a token. */
export async function visitorWith(url: string, token: string | undefined): Promise<Visitor> {
    const visitor = new Visitor(url);
    const { status } = await visitor.signIn({ token: token ?? "" });
    if (status !== 303) throw new Error(`signing in answered ${status}`);
    return visitor;
}
