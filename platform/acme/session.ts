import type { KeyObject } from "node:crypto";
import { AcmeFailure, failureOfReply } from "./acme-failure";
import { bindExternalAccount, publicJwk, signMessage } from "./jws";
import { readAnswer } from "./read-answer";
import type { Reply } from "./reply";
import { Transport } from "./transport";

export interface SessionOptions {
    /** The address of the certificate authority's directory. */
    directory: string;
    /** E-mail addresses that it writes to. */
    contact?: readonly string[];
    /** PEM of the authority that signed the directory's own certificate, when it is a private one. */
    ca?: string;
    /** An account that the authority knows already. */
    externalAccount?: { keyId: string; macKey: string };
    /** The key of our account there; the same one every time. */
    loadKey(): Promise<KeyObject>;
}

interface Account {
    key: KeyObject;
    url: string;
}

export type Directory = Record<"newNonce" | "newAccount" | "newOrder", string>;

const nonceAttempts = 10;
const keptNonces = 20;

/** Signed requests to a certificate authority, from our account there (RFC 8555, 6 and 7.3). */
export class Session {
    readonly transport: Transport;
    readonly #nonces: string[] = [];
    #directory?: Promise<Directory>;
    #account?: Promise<Account>;

    constructor(private readonly options: SessionOptions) {
        this.transport = new Transport(options.ca);
    }

    /** The authority's directory: the addresses of its services. */
    look(): Promise<Directory> {
        this.#directory ??= this.transport.send("GET", this.options.directory).then((reply) => {
            if (reply.status !== 200) throw failureOfReply(reply);
            return readAnswer<Directory>(reply, ["newNonce", "newAccount", "newOrder"]).value;
        });
        this.#directory.catch(() => {
            this.#directory = undefined;
        });
        return this.#directory;
    }

    /** The account of our key: made if there is none yet. */
    signIn(): Promise<Account> {
        this.#account ??= (async () => {
            const { contact = [], externalAccount, loadKey } = this.options;
            const [{ newAccount }, key] = await Promise.all([this.look(), loadKey()]);
            const reply = await this.#sendSigned(
                newAccount,
                key,
                { jwk: publicJwk(key) },
                {
                    termsOfServiceAgreed: true,
                    contact: contact.map((address) => `mailto:${address}`),
                    ...(externalAccount && {
                        externalAccountBinding: bindExternalAccount(externalAccount, newAccount, key),
                    }),
                },
            );
            const url = reply.headers.location;
            if (url === undefined)
                throw new AcmeFailure("malformedAnswer", "the certificate authority did not say where the account is");
            return { key, url };
        })();
        this.#account.catch(() => {
            this.#account = undefined;
        });
        return this.#account;
    }

    /** @param payload undefined fetches the resource at `url` */
    async post(url: string, payload?: unknown): Promise<Reply> {
        const send = async () => {
            const { key, url: kid } = await this.signIn();
            return this.#sendSigned(url, key, { kid }, payload);
        };
        return send().catch((error) => {
            if (!(error instanceof AcmeFailure) || error.kind !== "accountDoesNotExist") throw error;
            this.#account = undefined; // the authority forgot it: test servers do
            return send();
        });
    }

    async #sendSigned(
        url: string,
        key: KeyObject,
        who: { kid: string } | { jwk: unknown },
        payload?: unknown,
    ): Promise<Reply> {
        for (let attempt = 1; ; attempt += 1) {
            const nonce = this.#nonces.pop() ?? (await this.#fetchNonce());
            const reply = await this.transport.send(
                "POST",
                url,
                JSON.stringify(signMessage(key, { ...who, nonce, url }, payload)),
            );
            this.#keepNonce(reply);
            if (reply.status < 400) return reply;
            const failure = failureOfReply(reply);
            if (failure.kind !== "badNonce" || attempt === nonceAttempts) throw failure;
        }
    }

    async #fetchNonce(): Promise<string> {
        const reply = await this.transport.send("HEAD", (await this.look()).newNonce);
        const nonce = reply.headers["replay-nonce"];
        if (typeof nonce !== "string")
            throw new AcmeFailure("malformedAnswer", "the certificate authority gave no nonce");
        return nonce;
    }

    #keepNonce({ headers }: Reply): void {
        const nonce = headers["replay-nonce"];
        if (typeof nonce === "string" && this.#nonces.length < keptNonces) this.#nonces.push(nonce);
    }
}
