import type { AttachedDomain, EnvironmentPlace, EnvironmentRecord } from "section-client";
import { type DomainInputs, Problem, parseEnvironmentId } from "section-model";
import type { Hold } from "../../protection/hold";
import type { Session } from "../../run/session";
import { type Found, Unfinished } from "../noun";
import { isIssued, syncCertificate } from "./certificate";
import { waitUntilLive } from "./live-wait";
import { arriveDomain } from "./move";
import { type DomainOutputs, findAttached, foundDomain } from "./observe";

function requireDomain({ name, domains }: EnvironmentRecord, hostname: string): AttachedDomain {
    const domain = domains.find((each) => each.hostname === hostname);
    if (domain === undefined)
        throw new Problem("internal", `${hostname} was attached to ${name} and is not among its domains`);
    return domain;
}

/** Attaches the domain to its environment, unless it is attached already. */
async function attach(
    session: Session,
    place: EnvironmentPlace,
    { hostname, certificate }: DomainInputs,
    isNew: boolean,
    hold: Hold | undefined,
): Promise<AttachedDomain> {
    const known = isNew ? undefined : await findAttached(session, place, hostname);
    const upload = certificate === "acme" ? undefined : certificate;
    return known ?? requireDomain(await arriveDomain(session, place, hostname, upload, hold), hostname);
}

export async function ensureDomain(
    session: Session,
    inputs: DomainInputs,
    previous?: Found<DomainOutputs>,
    hold?: Hold,
): Promise<Found<DomainOutputs>> {
    const { environment, hostname, certificate, waitForLive } = inputs;
    const place = parseEnvironmentId(environment);
    let domain = await attach(session, place, inputs, previous === undefined, hold);
    let seen = previous?.outputs.certificate;
    try {
        const sync = async () => {
            if (certificate !== undefined)
                seen = await syncCertificate(session, { ...place, hostname }, certificate, domain.engaged === true);
        };
        // an own certificate is uploaded before the first visitor; an issued one needs the DNS first
        if (certificate !== "acme") await sync();
        if (waitForLive !== undefined) {
            await waitUntilLive(session, {
                place,
                record: foundDomain(place, domain).outputs.dns,
                isIssued: await isIssued(session, certificate),
                ...waitForLive,
            });
            domain = { ...domain, engaged: true };
        }
        if (certificate === "acme") await sync();
    } catch (error) {
        throw new Unfinished(foundDomain(place, domain, seen), error);
    }
    return foundDomain(place, domain, certificate && seen);
}
