import { issueCertificate, readCertificate, readFeatures, returnToIssuing, uploadCertificate } from "section-client";
import {
    chainFingerprint,
    type DomainCertificate,
    describeCertificate,
    isProblem,
    readPem,
    type WantedCertificate,
} from "section-model";
import type { Session } from "../../run/session";

const dayMs = 86_400_000;
/** Previews warn this many days before a certificate ends. The platform renews its own certificates 30 days before. */
const warnDays = { custom: 30, acme: 14 };

/** Whether the platform obtains the certificate of a hostname itself. Not without an authority. */
export async function isIssued({ client }: Session, wanted: WantedCertificate | undefined): Promise<boolean> {
    if (wanted !== undefined && wanted !== "acme") return false;
    return (await readFeatures(client)).certificateAuthority !== null;
}

/** A line for a certificate that is declared to be issued where none are. Undefined for any other. */
export async function sayUnissued(
    session: Session,
    hostname: string,
    wanted: WantedCertificate | undefined,
): Promise<string | undefined> {
    if (wanted !== "acme" || (await isIssued(session, wanted))) return undefined;
    return `${hostname} gets no certificate: this platform issues none, as no authority is set up; declare a certificate of its own, or ask the platform's operator`;
}

/** The end of a declared certificate. Undefined when it cannot be read, which another check reports. */
export function endOfWanted(wanted: WantedCertificate | undefined): string | undefined {
    if (wanted === undefined || wanted === "acme") return undefined;
    const [own] = readPem(wanted.publicCertificates).blocks;
    return own && describeCertificate(own.text).expires.toISOString();
}

/** Whether a hostname is served with another certificate than declared. Without a declaration nothing differs. */
export function differsFromWanted(
    wanted: WantedCertificate | undefined,
    seen: Partial<DomainCertificate> | undefined,
): boolean {
    if (wanted === undefined) return false;
    if (wanted === "acme") return seen?.type !== "acme";
    if (seen?.type !== "custom") return true;
    // an endpoint that does not show its certificates still tells when they end
    if (seen.fingerprint === undefined) return seen.expires !== endOfWanted(wanted);
    return seen.fingerprint !== chainFingerprint(wanted.publicCertificates);
}

async function issue(
    session: Session,
    organization: number,
    hostname: string,
    isLive: boolean,
): Promise<DomainCertificate> {
    const { client, tell } = session;
    const before = await readCertificate(client, organization, hostname);
    if (before.type === "custom") await returnToIssuing(client, organization, hostname);
    else if (before.configured) return before;
    else if (!isLive) {
        const unissued = await sayUnissued(session, hostname, "acme");
        tell(unissued ?? `${hostname} gets its certificate once it is live: the platform issues it by itself`);
        return before;
    }
    try {
        await issueCertificate(client, organization, hostname);
    } catch (error) {
        if (!isProblem(error) || error.code !== "overloaded") throw error;
        tell(`the certificate of ${hostname} takes longer to be issued; the platform goes on by itself`);
    }
    return readCertificate(client, organization, hostname);
}

/** Makes the certificate of a hostname as declared, and returns it. */
export async function syncCertificate(
    session: Session,
    { organization, hostname }: { organization: number; hostname: string },
    wanted: WantedCertificate,
    isLive: boolean,
): Promise<DomainCertificate> {
    if (wanted === "acme") return issue(session, organization, hostname, isLive);
    const before = await readCertificate(session.client, organization, hostname);
    return differsFromWanted(wanted, before)
        ? uploadCertificate(session.client, organization, hostname, wanted)
        : before;
}

/** A preview's warning about a remembered certificate that ends soon. Undefined when the end is far off. */
export function lineOfEnd(
    hostname: string,
    { type = "custom", expires }: Partial<DomainCertificate>,
    now = Date.now(),
): string | undefined {
    if (expires === undefined) return undefined;
    const days = Math.floor((Date.parse(expires) - now) / dayMs);
    if (days >= warnDays[type]) return undefined;
    const when = days < 0 ? `ended on ${expires}` : `ends on ${expires}, in ${days} days`;
    const remedy =
        type === "custom"
            ? "declare the next one"
            : "the platform should have renewed it: run `pulumi refresh`, and check that its DNS still leads here";
    return `the certificate of ${hostname} ${when}; ${remedy}`;
}
