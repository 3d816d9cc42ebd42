import { zoneName } from "section-model";
import { AcmeFailure } from "./acme-failure";
import { thumbprint } from "./jws";
import { readAnswer, type Seen } from "./read-answer";
import { Session, type SessionOptions } from "./session";

type Status = "pending" | "processing" | "ready" | "valid" | "invalid" | "deactivated" | "expired" | "revoked";

export interface Order {
    status: Status;
    authorizations: string[];
    finalize: string;
    certificate?: string;
    /** A problem document. */
    error?: unknown;
}

export interface Challenge {
    type: string;
    url: string;
    status: Status;
    token: string;
    error?: unknown;
}

export interface Authorization {
    status: Status;
    challenges: Challenge[];
}

const orderKeys = ["status", "authorizations", "finalize"] as const;

/** A certificate authority that speaks ACME (RFC 8555), and our account there. */
export class Authority {
    /** The domain of its directory, such as `letsencrypt.org`: people and CAA records call it so. */
    readonly name: string;
    readonly #session: Session;
    readonly #work = new Set<Promise<unknown>>();

    constructor(options: SessionOptions) {
        this.name = zoneName(new URL(options.directory).hostname);
        this.#session = new Session(options);
    }

    /** Aborts when the platform stops. */
    get signal(): AbortSignal {
        return this.#session.transport.signal;
    }

    /** The number of pieces of work that `close` would wait for. */
    get working(): number {
        return this.#work.size;
    }

    /** Has `close` wait for a piece of work. */
    track<T>(work: Promise<T>): Promise<T> {
        const settled: Promise<boolean> = work.then(
            () => this.#work.delete(settled),
            () => this.#work.delete(settled),
        );
        this.#work.add(settled);
        return work;
    }

    /** Stops the work under way. */
    async close(): Promise<void> {
        this.#session.transport.close();
        await Promise.all(this.#work);
    }

    /** Asks for a certificate of one hostname. */
    async createOrder(hostname: string): Promise<{ url: string; order: Order }> {
        const { newOrder } = await this.#session.look();
        const reply = await this.#session.post(newOrder, { identifiers: [{ type: "dns", value: hostname }] });
        const url = reply.headers.location;
        if (url === undefined)
            throw new AcmeFailure("malformedAnswer", "the certificate authority did not say where the order is");
        return { url, order: readAnswer<Order>(reply, orderKeys).value };
    }

    async getOrder(url: string): Promise<Seen<Order>> {
        return readAnswer<Order>(await this.#session.post(url), orderKeys);
    }

    async getAuthorization(url: string): Promise<Seen<Authorization>> {
        return readAnswer<Authorization>(await this.#session.post(url), ["status", "challenges"]);
    }

    /** The text that the authority has to find at the challenge's address. */
    async keyAuthorization(token: string): Promise<string> {
        return `${token}.${thumbprint((await this.#session.signIn()).key)}`;
    }

    /** Says that a challenge can be looked at. */
    async answerChallenge({ url }: Challenge): Promise<void> {
        await this.#session.post(url, {});
    }

    /** @param request DER of a certificate request */
    async finalize({ finalize }: Order, request: Buffer): Promise<void> {
        await this.#session.post(finalize, { csr: request.toString("base64url") });
    }

    /** PEM of the certificate and those that signed it. */
    async download(url: string): Promise<string> {
        return (await this.#session.post(url)).body.toString("utf8");
    }
}
