import { Problem } from "section-model";
import type { CertificateOrderRow, DomainRow } from "../store/database";
import type { Context } from "./context";
import { limitRate } from "./rate-limit";

const hourMs = 3_600_000;

/**
 * Refuses a certificate of a hostname whose DNS does not lead here yet, if it cannot be had or was tried just now. The
 * server that it leads to may forward the authority's challenges, which the authority alone can find out. It counts
 * what it asks in vain, for all organizations together, so that each has a limit.
 *
 * @param running the order for it, if there is one
 * @throws Problem `domain-not-live`, `issue-failed` or `rate-limited`
 */
export async function refuseEarly(
    context: Context,
    { hostname, account_id }: Pick<DomainRow, "hostname" | "account_id">,
    running: CertificateOrderRow | undefined,
): Promise<void> {
    const { records, failure } = await context.dns.addresses(hostname);
    if (records.length === 0)
        throw new Problem(
            "domain-not-live",
            `${hostname} has no IPv4 address in the DNS${failure === undefined ? "" : ` (${failure})`}, so no certificate can be issued for it`,
        );
    if (running !== undefined && running.attempts > 0) throw failureOf(running, context.now(), false);
    const { certificateTriesPerHour: most } = context.options;
    if (most === 0) return;
    await limitRate(
        context,
        ["early-certificate", String(account_id)],
        { most, windowMs: hourMs },
        `more than ${most} certificates were asked for within an hour for hostnames whose DNS does not lead here`,
    );
}

/** Why an order failed. An order for a hostname that is live is tried again by itself, another one is not. */
export function failureOf(
    { hostname, last_error, due_at }: Pick<CertificateOrderRow, "hostname" | "last_error" | "due_at">,
    now: Date,
    isLive: boolean,
): Problem {
    const retryAfterSeconds =
        due_at === null ? undefined : Math.max(1, Math.ceil((due_at.getTime() - now.getTime()) / 1000));
    const remedy = isLive
        ? undefined
        : `Let the DNS of ${hostname} lead here, or let the server that it leads to forward http://${hostname}/.well-known/acme-challenge/ to this platform, then ask again`;
    return new Problem("issue-failed", last_error ?? "the certificate could not be issued", {
        retryAfterSeconds,
        remedy,
    });
}
