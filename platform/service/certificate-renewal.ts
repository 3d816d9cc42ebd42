import { setTimeout as pause } from "node:timers/promises";
import { Problem } from "section-model";
import type { Member } from "../auth/caller";
import { findOrder, startOrder } from "../store/certificate-orders";
import { findCertificate } from "../store/certificates";
import type { CertificateRow } from "../store/database";
import { hurryOrders } from "./certificate-orders";
import { isLiveNow, refuseToIssue, requireDomain } from "./certificates";
import type { Context } from "./context";
import { failureOf, refuseEarly } from "./early-certificate";

/** Clients wait half a minute. */
const renewWithinMs = 25_000;
const lookEveryMs = 200;
/** Asked for again within this time, a certificate is not issued again: authorities count. */
const freshForMs = 3_600_000;

export interface Renewal {
    expires: Date;
    renewFrom: Date;
    issuedAt: Date;
    /** False when it was issued so recently that it was left as it is. */
    isNew: boolean;
}

function renewalView(certificate: CertificateRow, isNew: boolean): Renewal {
    return {
        expires: certificate.expires_at,
        renewFrom: certificate.renew_from as Date,
        issuedAt: certificate.issued_at,
        isNew,
    };
}

/**
 * Obtains a new certificate and waits for it, as long as clients wait; longer work goes on by itself. A hostname that
 * is not live has one try.
 */
export async function renewCertificate(context: Context, member: Member, text: string): Promise<Renewal> {
    const domain = await requireDomain(context, member, text);
    const { hostname } = domain;
    const { accountId } = member;
    const { database } = context.store;
    const [before, running] = await Promise.all([
        findCertificate(database, accountId, hostname),
        findOrder(database, accountId, hostname),
    ]);
    const now = context.now();
    if (before?.type === "custom" && running === undefined) {
        throw new Problem(
            "certificate-custom",
            `the certificate of ${hostname} was uploaded by its owner and is not renewed here`,
        );
    }
    if (
        before?.type === "letsencrypt" &&
        before.issued_at.getTime() > now.getTime() - freshForMs &&
        before.expires_at > now
    )
        return renewalView(before, false);
    await refuseToIssue(context, domain);
    const isLive = await isLiveNow(context, member, domain);
    if (!isLive) await refuseEarly(context, domain, running);
    await startOrder(database, { hostname, accountId, now });
    const started = await findOrder(database, accountId, hostname);
    hurryOrders(context);
    const giveUpAt = performance.now() + renewWithinMs;
    while (performance.now() < giveUpAt && !context.authority?.signal.aborted) {
        await pause(lookEveryMs);
        const order = await findOrder(database, accountId, hostname);
        if (order !== undefined && order.attempts > (started?.attempts ?? 0)) throw failureOf(order, now, isLive);
        if (order !== undefined) continue;
        const after = await findCertificate(database, accountId, hostname);
        if (after?.type === "letsencrypt" && after.chain !== before?.chain) return renewalView(after, true);
        throw new Problem(
            "issue-failed",
            `the certificate of ${hostname} is no longer ordered: the domain or its configuration was changed meanwhile`,
        );
    }
    throw new Problem("overloaded", `the certificate of ${hostname} is still being issued`, {
        remedy: "Look at GET /account/ID/domain/HOST/https a little later",
        retryAfterSeconds: 30,
    });
}
