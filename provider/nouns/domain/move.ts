import {
    attachDomain,
    type CertificateUpload,
    detachDomain,
    type EnvironmentPlace,
    type EnvironmentRecord,
    listEnvironments,
} from "section-client";
import { Problem, parseDomainId, resourceId } from "section-model";
import type { Hold } from "../../protection/hold";
import { type Memory, Slot } from "../../run/memory";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import { canHandOver } from "../hostname-preflight";
import { isIn, takeHostname } from "../take-hostname";

/**
 * Moves that this run has planned: hostname -> the environment that has it. No other hostname is taken from elsewhere.
 */
const planned = new Slot(() => new Map<string, EnvironmentPlace>());

/** The replacement of a domain that takes its hostname over from the old environment, without releasing it first. */
interface Move {
    /** The move is one step: the hostname is served all the time, so that it may be live. */
    isSeamless: boolean;
}

/** True when this run replaces a domain by one of the same hostname elsewhere. */
export function isMovePlanned(memory: Memory, hostname: string): boolean {
    return memory.of(planned).has(hostname);
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
    session.memory.of(planned).set(hostname, from);
    return { isSeamless: await canHandOver(session) };
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
): Promise<EnvironmentRecord> {
    if (!(await listEnvironments(client, to)).some(({ name }) => name === to.environment)) {
        throw new Problem("not-found", `there is no environment ${resourceId.environment(to)} to move ${hostname} to`);
    }
    await unlessGone(detachDomain(client, from, hostname));
    return attachDomain(client, to, hostname, upload).catch(async (error) => {
        await attachDomain(client, from, hostname).catch(() => {});
        throw error;
    });
}

/** Attaches a hostname to an environment, and takes it from where it is. */
export async function arriveDomain(
    session: Session,
    to: EnvironmentPlace,
    hostname: string,
    upload?: CertificateUpload,
    hold?: Hold,
): Promise<EnvironmentRecord> {
    const { client, memory } = session;
    const claim = hold?.claim;
    const from = memory.of(planned).get(hostname);
    if (from !== undefined && !(await canHandOver(session))) return moveInTwoSteps(session, from, to, hostname, upload);
    return takeHostname(session, hostname, { hold, isOwnPlace: isIn(to), isPlanned: from !== undefined }, (takesFrom) =>
        attachDomain(client, to, hostname, upload, { claim, takesFrom, isAlone: true }),
    );
}
