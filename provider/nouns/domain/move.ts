import {
    attachDomain,
    type CertificateUpload,
    detachDomain,
    type EnvironmentPlace,
    type EnvironmentRecord,
    listEnvironments,
    moveDomain,
    readFeatures,
} from "section-client";
import { isProblem, type NewClaim, Problem, parseDomainId, parseEnvironmentId, resourceId } from "section-model";
import { Slot } from "../../run/memory";
import type { Session } from "../../run/session";
import { hasUnknown } from "../../run/unknown";
import { unlessGone } from "../../run/unless-gone";

/**
 * Moves that this run has planned: hostname -> the environment that has it. No other hostname is taken from elsewhere.
 */
const planned = new Slot(() => new Map<string, EnvironmentPlace>());

/** The replacement of a domain that takes its hostname over from the old environment, without releasing it first. */
interface Move {
    /** The move is one step: the hostname is served all the time, so that it may be live. */
    isSeamless: boolean;
}

function isOneApplication(one: EnvironmentPlace, other: EnvironmentPlace): boolean {
    return one.organization === other.organization && one.application === other.application;
}

async function canMove({ client }: Session): Promise<boolean> {
    return (await readFeatures(client)).extensions.has("domain.move");
}

/**
 * Plans a change of environment as a move, so that `arriveDomain` takes the hostname from the old environment.
 * Undefined when the old domain must be released first.
 */
export async function planMove(
    session: Session,
    id: string,
    wanted: { environment: string; hostname: string },
): Promise<Move | undefined> {
    const { hostname, ...from } = parseDomainId(id);
    if (wanted.hostname !== hostname) return undefined;
    // a preview works without the platform; a later request fails by itself
    const isAtomic = await canMove(session).catch((error) => {
        if (isProblem(error) && error.code === "unreachable") return false;
        throw error;
    });
    if (hasUnknown(wanted.environment)) return { isSeamless: isAtomic };
    session.memory.of(planned).set(hostname, from);
    return { isSeamless: isAtomic && isOneApplication(from, parseEnvironmentId(wanted.environment)) };
}

/**
 * Without the extension a move is two requests, one right after the other. If the second fails, the hostname goes back.
 */
async function moveInTwoSteps(
    { client }: Session,
    from: EnvironmentPlace,
    to: EnvironmentPlace,
    hostname: string,
    upload?: CertificateUpload,
    claim?: NewClaim,
): Promise<EnvironmentRecord> {
    if (!(await listEnvironments(client, to)).some(({ name }) => name === to.environment)) {
        throw new Problem("not-found", `there is no environment ${resourceId.environment(to)} to move ${hostname} to`);
    }
    await unlessGone(detachDomain(client, from, hostname));
    return attachDomain(client, to, hostname, upload, { claim }).catch(async (error) => {
        await attachDomain(client, from, hostname).catch(() => {});
        throw error;
    });
}

/** Attaches a hostname to an environment. A planned move takes it from its old environment. */
export async function arriveDomain(
    session: Session,
    to: EnvironmentPlace,
    hostname: string,
    upload?: CertificateUpload,
    claim?: NewClaim,
): Promise<EnvironmentRecord> {
    const { client, memory } = session;
    const from = memory.of(planned).get(hostname);
    if (from === undefined) return attachDomain(client, to, hostname, upload, { claim });
    if (!isOneApplication(from, to) || !(await canMove(session)))
        return moveInTwoSteps(session, from, to, hostname, upload, claim);
    // the old environment no longer has it: an attempt whose reply was lost has moved it, or somebody else
    return (
        (await unlessGone(moveDomain(client, from, hostname, to.environment, claim))) ??
        attachDomain(client, to, hostname, upload, { claim })
    );
}
