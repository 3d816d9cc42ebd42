import { createPrivateKey, X509Certificate } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { alternateNames, type CheckedCertificate, coversHostname, readPem } from "section-model";
import { AcmeFailure, failureOfDocument } from "../acme/acme-failure";
import type { Authority, Order } from "../acme/authority";
import { makeCertificateRequest, makePrivateKey } from "../acme/certificate-request";
import type { Seen } from "../acme/read-answer";
import { failpoint } from "../failpoint";
import { noteOrder } from "../store/certificate-orders";
import type { CertificateOrderRow } from "../store/database";
import type { Context } from "./context";
import { keyPurpose } from "./sealed-certificate";

/** An order is taken over from a process that said nothing for this long. */
const claimMs = 30_000;
const patienceMs = 180_000;
const firstPauseMs = 500;
const longestPauseMs = 30_000;

/** Thrown when an order was withdrawn, or taken over by another process: there is nothing left to do here. */
export class OrderLost extends Error {
    override readonly name = "OrderLost";
}

export function claimEnd({ now }: Context): Date {
    return new Date(now().getTime() + claimMs);
}

/**
 * One process's work on one order. Every step is noted before the next, so that another process can go on from there.
 */
class Attempt {
    readonly #giveUpAt = performance.now() + patienceMs;

    constructor(
        private readonly context: Context,
        private readonly authority: Authority,
        private readonly row: CertificateOrderRow,
    ) {}

    async #note(progress: Parameters<typeof noteOrder>[2] = {}): Promise<void> {
        const { store } = this.context;
        if (!(await noteOrder(store.database, this.row, { ...progress, claimed_until: claimEnd(this.context) })))
            throw new OrderLost();
        Object.assign(this.row, progress);
    }

    /** Looks until something has happened, at the authority's pace. */
    async #settle<T>(look: () => Promise<Seen<T>>, isSettled: (value: T) => boolean): Promise<T> {
        for (let wait = firstPauseMs; ; wait = Math.min(wait * 2, longestPauseMs)) {
            const { value, retryAfterMs = wait } = await look();
            if (isSettled(value)) return value;
            if (performance.now() > this.#giveUpAt)
                throw new AcmeFailure("timeout", "the certificate authority takes too long");
            await this.#note();
            await pause(Math.min(retryAfterMs, longestPauseMs), undefined, { signal: this.authority.signal });
        }
    }

    /** The order that was begun, if it can still become something; else a new one. */
    async #open(): Promise<{ url: string; order: Order }> {
        const begun = this.row.order_url;
        if (begun !== null) {
            const order = await this.authority.getOrder(begun).catch((error) => {
                const isForgotten = error instanceof AcmeFailure && [400, 403, 404].includes(error.status ?? 0);
                if (!isForgotten) throw error;
                return undefined;
            });
            if (order !== undefined && order.value.status !== "invalid") return { url: begun, order: order.value };
        }
        failpoint("certificate.before-order");
        const opened = await this.authority.createOrder(this.row.hostname);
        failpoint("certificate.order-unnoted");
        await this.#note({ order_url: opened.url, challenge_token: null, key_authorization: null });
        failpoint("certificate.after-order");
        return opened;
    }

    /** Shows the authority that the hostname leads here. */
    async #authorize(url: string): Promise<void> {
        const { value } = await this.authority.getAuthorization(url);
        if (value.status === "valid") return;
        const challenge = value.challenges.find(({ type }) => type === "http-01");
        if (challenge === undefined)
            throw new AcmeFailure("malformedAnswer", "the certificate authority offers no http-01 challenge");
        if (value.status === "pending") {
            const { token } = challenge;
            await this.#note({
                challenge_token: token,
                key_authorization: await this.authority.keyAuthorization(token),
            });
            failpoint("certificate.before-challenge");
            if (challenge.status === "pending") await this.authority.answerChallenge(challenge);
            failpoint("certificate.after-challenge");
        }
        const { status, challenges } = await this.#settle(
            () => this.authority.getAuthorization(url),
            (each) => each.status !== "pending",
        );
        if (status !== "valid")
            throw failureOfDocument(
                challenges.find(({ type }) => type === "http-01")?.error ?? {
                    detail: `the authorization is ${status}`,
                },
            );
    }

    /**
     * The key of the certificate to come: kept before the authority signs it, or the certificate would be worth nothing
     * after a crash.
     */
    async #privateKey(): Promise<string> {
        const { secrets } = this.context;
        const purpose = keyPurpose(this.row.hostname);
        if (this.row.private_key !== null) return secrets.open(purpose, this.row.private_key);
        const key = makePrivateKey();
        await this.#note({ private_key: secrets.seal(purpose, key) });
        return key;
    }

    async run(): Promise<CheckedCertificate> {
        const { hostname } = this.row;
        const { url, order: opened } = await this.#open();
        const look = () => this.authority.getOrder(url);
        let order = opened;
        if (order.status === "pending") {
            for (const each of order.authorizations) await this.#authorize(each);
            order = await this.#settle(look, ({ status }) => status !== "pending");
        }
        const privateKey = await this.#privateKey();
        if (order.status === "ready") {
            failpoint("certificate.before-finalize");
            await this.authority.finalize(order, makeCertificateRequest(createPrivateKey(privateKey), hostname));
            failpoint("certificate.after-finalize");
        }
        order = await this.#settle(
            look,
            ({ status, certificate }) => status === "invalid" || (status === "valid" && certificate !== undefined),
        );
        if (order.certificate === undefined)
            throw failureOfDocument(order.error ?? { detail: "the certificate authority refused the order" });
        await this.#note();
        return {
            certificates: readIssued(await this.authority.download(order.certificate), privateKey, hostname),
            privateKey,
        };
    }
}

/** The certificates of a downloaded chain, once the first is the one that was asked for. */
function readIssued(chain: string, privateKey: string, hostname: string): string[] {
    const certificates = readPem(chain)
        .blocks.filter(({ label }) => label === "CERTIFICATE")
        .map(({ text }) => text);
    const [own] = certificates;
    const certificate = own === undefined ? undefined : new X509Certificate(own);
    const isOurs =
        certificate?.checkPrivateKey(createPrivateKey(privateKey)) &&
        coversHostname(alternateNames(certificate), hostname);
    if (!isOurs)
        throw new AcmeFailure(
            "malformedAnswer",
            `the certificate authority answered something other than a certificate of ${hostname}`,
        );
    return certificates;
}

/**
 * Carries an order on, from wherever it stands, to its certificate.
 *
 * @param row claimed by this process
 * @throws AcmeFailure when the authority refuses or does not answer, OrderLost when the order is another's by now
 */
export function obtainCertificate(
    context: Context,
    authority: Authority,
    row: CertificateOrderRow,
): Promise<CheckedCertificate> {
    return new Attempt(context, authority, row).run();
}
