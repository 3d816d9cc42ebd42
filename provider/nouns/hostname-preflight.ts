import {
    isHostnameStillTaken,
    isHostnameTaken,
    listHostnames,
    listOrganizations,
    readFeatures,
    readHostnamesAhead,
} from "section-client";
import { hostnameSchema, type Issue, Problem, resourceId } from "section-model";
import { sayClaim } from "../protection/claim-words";
import { isDeclared } from "../protection/declared-now";
import { type Hold, isTakenByHold } from "../protection/hold";
import { Slot } from "../run/memory";
import { hostnamesAfter } from "../run/program-hostnames";
import type { Session } from "../run/session";
import { unlessForbidden } from "../run/unless-gone";
import { unlessSilent } from "../run/unless-silent";
import { findHostnameSource, type HostnameSource, saySource } from "./hostname-source";
import type { Sought } from "./noun";

/** Whether a source is the very thing that a declaration would adopt: then nothing is taken from anywhere. */
export type IsOwnPlace = (source: HostnameSource) => boolean;

/**
 * Whether a place is the one of the existing thing, for a declaration whose larger thing is not known yet. Without
 * claims nobody has looked for the thing: then it is taken for that one.
 */
export function isSought({ hold, there }: Sought, id: string): boolean {
    return hold === undefined || there === id;
}

/** How many of the hostnames that come next are asked about. */
const ahead = 8;

/** Hostnames that were checked, and those that were asked about before their turn. */
const seen = new Slot(() => ({ checked: new Set<string>(), ahead: new Set<string>() }));

/**
 * Asks about the hostnames that the program declares next. The engine checks one declaration after the other, so that
 * without this a preview of a hundred new sites waits for three hundred answers in turn.
 */
function askAhead({ client, memory }: Session, hostname: string): void {
    const known = memory.of(seen);
    known.checked.add(hostname);
    const isNext = (each: string) => !known.checked.has(each) && hostnameSchema.safeParse(each).success;
    const next = hostnamesAfter(memory, hostname, ahead).filter(isNext);
    for (const each of next) known.ahead.add(each);
    if (next.length > 0) readHostnamesAhead(client, next).catch(() => {});
}

/** True for a hostname that is in use now. An answer that was asked for ahead may be older, so it is asked again. */
async function isTakenNow(session: Session, hostname: string): Promise<boolean> {
    const { client, memory } = session;
    const isTaken = await isHostnameTaken(client, hostname);
    askAhead(session, hostname); // after an answer: an endpoint that says nothing is waited for once
    return isTaken && (!memory.of(seen).ahead.has(hostname) || (await isHostnameStillTaken(client, hostname)));
}

const issueOf = (reason: string): Issue => ({ property: "hostname", reason });

/**
 * True when a hostname moves in one request, so that a replacement is made before what it replaces goes. A preview
 * works without the platform.
 */
export async function canHandOver(session: Session): Promise<boolean> {
    const features = await unlessSilent(session, "handing hostnames over", readFeatures(session.client));
    return features?.extensions.has("domain.take") === true;
}

/**
 * True when one of the caller's organizations has the hostname, though no environment shows it: a killed operation has
 * left a site that the platform is still making. To create it again waits for that.
 */
async function isBeingMade({ client }: Session, hostname: string): Promise<boolean> {
    for (const { id } of await listOrganizations(client)) {
        if ((await unlessForbidden(listHostnames(client, id)))?.includes(hostname)) return true;
    }
    return false;
}

/** Refuses to take a hostname that belongs to nobody or to another stack, unless that is agreed to. */
export function refuseTake(hostname: string, source: HostnameSource, hold: Hold | undefined): void {
    if (hold === undefined || isTakenByHold(hold, source.counts)) return;
    const { resource } = hold.claim;
    throw new Problem(
        "takes-over",
        `${hostname} is attached to ${saySource(source)} and belongs to ${sayClaim(source.counts)}; ${resource} would take it away`,
        { remedy: `To take it over, write adopt: true on ${resource}, or name it in the stack config section:adopt` },
    );
}

/** The words for a hostname that is the own one of an application that this operation declares. Else undefined. */
export function sayHeldByDeclared({ memory }: Session, hostname: string, source: HostnameSource): string | undefined {
    const { place, namesApplication } = source;
    if (!namesApplication || !isDeclared(memory, `application ${resourceId.application(place)}`)) return undefined;
    return `${hostname} is the hostname of ${saySource(source)}, whose application is declared as well`;
}

/**
 * Mistakes of a hostname that is attached already. One that the token's user may move comes here in the same `up`, and
 * a line says from where.
 */
export async function preflightHostname(
    session: Session,
    hostname: string | undefined,
    isOwnPlace: IsOwnPlace,
    hold?: Hold,
): Promise<Issue[]> {
    if (hostname === undefined || !(await isTakenNow(session, hostname))) return [];
    const source = await findHostnameSource(session, hostname);
    if (source === undefined && (await isBeingMade(session, hostname))) return [];
    if (source === undefined)
        return [
            issueOf(
                `${hostname} is in use on this platform; remove it from where it is attached, or ask support when you own it`,
            ),
        ];
    if (isOwnPlace(source)) return [];
    const held = sayHeldByDeclared(session, hostname, source);
    if (held !== undefined) return [issueOf(held)];
    if (!(await canHandOver(session)))
        return [
            issueOf(
                `${hostname} is attached to ${saySource(source)}, and this endpoint cannot hand it over: take it out there and run up, then declare it here and run up again`,
            ),
        ];
    refuseTake(hostname, source, hold);
    session.tell(`${hostname} moves here from ${saySource(source)}, in one step`);
    return [];
}
