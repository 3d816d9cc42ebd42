import { type CheckedCertificate, checkCertificate, Problem } from "section-model";
import type { Member } from "../auth/caller";
import { findOrder, startOrder, withdrawOrder } from "../store/certificate-orders";
import { findCertificate, replaceCertificate } from "../store/certificates";
import type { CertificateOrderRow, CertificateRow, Database, DomainRow } from "../store/database";
import { isReferred } from "../store/database-failure";
import { findDomain } from "../store/domains";
import { hurryOrders } from "./certificate-orders";
import { refuseForeignChallenges } from "./challenges";
import { noteChange } from "./changes";
import type { Context } from "./context";
import { type Attaching, addDomain, type DomainPlace } from "./domains";
import type { EnvironmentView } from "./environments";
import { requireHostname } from "./hostnames";
import { verifyDomain } from "./live-state";
import { sealCertificate } from "./sealed-certificate";

type PlacedDomain = DomainRow & { environment_name: string };

/** The HTTPS of a hostname: its certificate, and the order for one. */
export interface HttpsView {
    hostname: string;
    certificate?: Pick<CertificateRow, "type" | "chain" | "renew_from">;
    order?: CertificateOrderRow;
}

/** A domain of the account, or a Problem: v1 declares 400 where a certificate is set, and nothing where one is read. */
export async function requireDomain(
    { store }: Context,
    { accountId }: Member,
    text: string,
    ifMissing: "not-found" | "domain-not-attached" = "not-found",
): Promise<PlacedDomain> {
    const domain = await findDomain(store.database, accountId, requireHostname(text, "hostName"));
    if (domain === undefined) throw new Problem(ifMissing, `account ${accountId} has no domain ${text}`);
    return domain;
}

async function viewOf({ store }: Context, { accountId }: Member, hostname: string): Promise<HttpsView> {
    const [certificate, order] = await Promise.all([
        findCertificate(store.database, accountId, hostname),
        findOrder(store.database, accountId, hostname),
    ]);
    return { hostname, certificate, order };
}

export async function getHttps(context: Context, member: Member, text: string): Promise<HttpsView> {
    const { hostname } = await requireDomain(context, member, text);
    return viewOf(context, member, hostname);
}

export interface CertificateRequest {
    publicCertificates?: string;
    privateKey?: string;
}

/** Old clients send empty fields for none. */
function bringsCertificate({ publicCertificates, privateKey }: CertificateRequest): boolean {
    return Boolean(publicCertificates || privateKey);
}

/** The certificate as it would be stored; refused with everything that is wrong with it. */
function requireCertificate(
    { now }: Context,
    hostname: string,
    { publicCertificates = "", privateKey = "" }: CertificateRequest,
): CheckedCertificate {
    const checked = checkCertificate({ publicCertificates, privateKey, hostname, now: now() });
    if (!("findings" in checked)) return checked;
    const wireNames: Record<string, string> = { publicCertificates: "public_certificates", privateKey: "private_key" };
    const lines = checked.findings.map(({ property, reason }) => `${wireNames[property]}: ${reason}`);
    throw new Problem("certificate-refused", `the certificate for ${hostname} was refused`, { lines });
}

async function storeCustom(
    context: Context,
    transaction: Database,
    member: Member,
    hostname: string,
    checked: CheckedCertificate,
) {
    const { accountId } = member;
    const before = await findCertificate(transaction, accountId, hostname);
    await withdrawOrder(transaction, accountId, hostname);
    await replaceCertificate(transaction, sealCertificate(context, { hostname, accountId, type: "custom" }, checked));
    await noteChange(transaction, member, "certificate.set", { thing: { hostname }, from: before?.type, to: "custom" });
}

/** Whether the DNS of a domain leads here, as it was last known or is now. */
export async function isLiveNow(context: Context, member: Member, domain: PlacedDomain): Promise<boolean> {
    return domain.engaged || (await verifyDomain(context, member, domain.hostname)).engaged;
}

/** Refuses to order a certificate where none are issued, or where the origin would get the challenge. */
export async function refuseToIssue(context: Context, domain: PlacedDomain): Promise<void> {
    if (context.authority === undefined)
        throw new Problem("issuing-off", `this platform issues no certificates, so none for ${domain.hostname}`);
    await refuseForeignChallenges(context, domain);
}

export interface HttpsRequest extends CertificateRequest {
    type?: "letsencrypt" | "custom";
    /** Checks only, and changes nothing. */
    verifyOnly?: boolean;
}

/** Has a hostname served with the certificate that its owner brings. */
async function bringCertificate(
    context: Context,
    member: Member,
    hostname: string,
    request: HttpsRequest,
): Promise<HttpsView> {
    const { accountId } = member;
    const checked = requireCertificate(context, hostname, request);
    if (request.verifyOnly)
        return { hostname, certificate: { type: "custom", chain: checked.certificates.join(""), renew_from: null } };
    await context.store
        .transact((transaction) => storeCustom(context, transaction, member, hostname, checked))
        .catch((cause) =>
            Promise.reject(
                isReferred(cause)
                    ? new Problem("domain-not-attached", `account ${accountId} has no domain ${hostname}`, { cause })
                    : cause,
            ),
        );
    return viewOf(context, member, hostname);
}

/**
 * Has a hostname's certificate issued again, in place of the one that its owner brought; until it is there that one
 * serves.
 */
async function returnToIssuing(
    context: Context,
    member: Member,
    domain: PlacedDomain,
    { verifyOnly }: HttpsRequest,
): Promise<HttpsView> {
    const { hostname } = domain;
    const { accountId } = member;
    const { database } = context.store;
    const current = await findCertificate(database, accountId, hostname);
    if (current?.type !== "custom") return viewOf(context, member, hostname); // the default of a domain
    await refuseToIssue(context, domain);
    if (!(await isLiveNow(context, member, domain)))
        throw new Problem(
            "domain-not-live",
            `the DNS of ${hostname} does not lead to this platform, so no certificate can be issued for it`,
        );
    if (verifyOnly) return { hostname };
    await context.store.transact(async (transaction) => {
        await startOrder(transaction, { hostname, accountId, now: context.now() });
        await noteChange(transaction, member, "certificate.set", {
            thing: { hostname },
            from: "custom",
            to: "letsencrypt",
        });
    });
    hurryOrders(context);
    return viewOf(context, member, hostname);
}

/**
 * Sets how a hostname is served: with a certificate that its owner brings, or with one that the platform obtains and
 * renews.
 */
export async function setHttps(
    context: Context,
    member: Member,
    text: string,
    request: HttpsRequest,
): Promise<HttpsView> {
    const domain = await requireDomain(context, member, text, "domain-not-attached");
    const { type = bringsCertificate(request) ? "custom" : undefined } = request;
    if (type === "custom") return bringCertificate(context, member, domain.hostname, request);
    const reason =
        type === undefined
            ? "type: is missing; send letsencrypt, or custom with public_certificates and private_key"
            : "type: is letsencrypt, which needs no certificate and no key; leave them out, or send custom";
    if (type === undefined || bringsCertificate(request)) {
        throw new Problem("certificate-refused", `how to serve ${domain.hostname} is not clear`, { lines: [reason] });
    }
    return returnToIssuing(context, member, domain, request);
}

/** Attaches a hostname and its certificate: both or neither. */
export async function addDomainWithCertificate(
    context: Context,
    member: Member,
    place: DomainPlace,
    text: string,
    { claim, takesFrom, isAlone, ...request }: CertificateRequest & Omit<Attaching, "together">,
): Promise<EnvironmentView> {
    if (!bringsCertificate(request)) return addDomain(context, member, place, text, { claim, takesFrom, isAlone });
    const hostname = requireHostname(text, "hostName");
    const checked = requireCertificate(context, hostname, request);
    return addDomain(context, member, place, text, {
        claim,
        takesFrom,
        isAlone,
        together: (transaction) => storeCustom(context, transaction, member, hostname, checked),
    });
}
