import { randomUUID } from "node:crypto";
import { isProblem } from "section-model";
import { AcmeFailure } from "../acme/acme-failure";
import type { Authority } from "../acme/authority";
import { failpoint } from "../failpoint";
import { claimOrders, finishOrder, noteOrder, startDueOrders } from "../store/certificate-orders";
import { replaceCertificate } from "../store/certificates";
import type { CertificateOrderRow } from "../store/database";
import { findDomain } from "../store/domains";
import { mostAttempts, retryPauseMs } from "./certificate-schedule";
import { refuseForeignChallenges } from "./challenges";
import type { Context } from "./context";
import { explainFailure } from "./issue-failure";
import { claimEnd, OrderLost, obtainCertificate } from "./obtain-certificate";
import { sealCertificate } from "./sealed-certificate";

/** Certificates that one process obtains at the same time. */
const ordersAtOnce = 4;
const startedAtOnce = 100;
const renewClaimMs = 10_000;

async function fail(context: Context, row: CertificateOrderRow, error: unknown): Promise<void> {
    const attempts = row.attempts + 1;
    const pause = Math.max(retryPauseMs(attempts), (error instanceof AcmeFailure && error.retryAfterMs) || 0);
    const due_at = attempts >= mostAttempts ? null : new Date(context.now().getTime() + pause);
    const last_error = await explainFailure(context, row.hostname, error);
    const isExpected = error instanceof AcmeFailure || isProblem(error);
    context.warn("a certificate could not be issued", {
        hostname: row.hostname,
        attempts,
        reason: last_error,
        ...(!isExpected && { err: error }),
    });
    await noteOrder(context.store.database, row, { attempts, due_at, last_error, claim: null, claimed_until: null });
}

async function carryOut(context: Context, authority: Authority, row: CertificateOrderRow): Promise<void> {
    const { hostname, account_id: accountId } = row;
    const renewing = setInterval(() => {
        // the next one may succeed, or the claim runs out
        noteOrder(context.store.database, row, { claimed_until: claimEnd(context) }).catch(() => {});
    }, renewClaimMs);
    try {
        const domain = await findDomain(context.store.database, accountId, hostname);
        // one that is not live was asked for by a request, and has one try; it is ordered again once the DNS leads here
        if (domain === undefined || (!domain.engaged && row.attempts > 0)) {
            await finishOrder(context.store.database, row);
            return;
        }
        await refuseForeignChallenges(context, domain);
        const certificate = sealCertificate(
            context,
            { hostname, accountId, type: "letsencrypt" },
            await obtainCertificate(context, authority, row),
        );
        failpoint("certificate.before-store");
        await context.store.transact(async (transaction) => {
            if (!(await finishOrder(transaction, row))) throw new OrderLost();
            await replaceCertificate(transaction, certificate);
        });
    } catch (error) {
        if (error instanceof OrderLost) return;
        if (authority.signal.aborted)
            await noteOrder(context.store.database, row, { claim: null, claimed_until: null });
        else await fail(context, row, error);
    } finally {
        clearInterval(renewing);
    }
}

const busy = new WeakMap<Authority, number>();

function occupy(authority: Authority, more: number): number {
    const count = (busy.get(authority) ?? 0) + more;
    busy.set(authority, count);
    return count;
}

async function work(context: Context, authority: Authority): Promise<number> {
    const { database } = context.store;
    const now = context.now();
    await startDueOrders(database, now, startedAtOnce);
    const free = ordersAtOnce - occupy(authority, 0);
    if (free <= 0) return 0;
    occupy(authority, free);
    const rows = await claimOrders(database, now, { claim: randomUUID(), until: claimEnd(context) }, free).catch(
        (error) => {
            occupy(authority, -free);
            throw error;
        },
    );
    occupy(authority, rows.length - free);
    const carry = (row: CertificateOrderRow) =>
        carryOut(context, authority, row)
            .catch((error) =>
                context.warn("a certificate order could not be noted", { hostname: row.hostname, err: error }),
            )
            .finally(() => occupy(authority, -1));
    await Promise.all(rows.map(carry));
    return rows.length;
}

/**
 * Orders the certificates that are missing or due, and carries on as many orders as one process may. Replicas share the
 * work; an order that one leaves behind is found by another.
 *
 * @returns the number of orders it has worked on
 */
export async function workOrders(context: Context): Promise<number> {
    const { authority } = context;
    if (authority === undefined || authority.signal.aborted) return 0;
    return authority.track(work(context, authority));
}

/** Begins to work on the orders, without waiting for it. */
export function hurryOrders(context: Context): void {
    workOrders(context).catch((error) => context.warn("certificates could not be ordered", { err: error }));
}
