import { isHostnameTaken, listHostnames, listOrganizations } from "section-client";
import type { Issue } from "section-model";
import type { Session } from "../run/session";
import { unlessForbidden } from "../run/unless-gone";

/**
 * True when one of the caller's organizations has the hostname: then it can be adopted, or released and attached anew.
 */
async function isOurs({ client }: Session, hostname: string): Promise<boolean> {
    for (const { id } of await listOrganizations(client)) {
        if ((await unlessForbidden(listHostnames(client, id)))?.includes(hostname)) return true;
    }
    return false;
}

/** Reports a new hostname that somebody else uses on the platform. */
export async function preflightHostname(session: Session, hostname: string | undefined): Promise<Issue[]> {
    if (
        hostname === undefined ||
        !(await isHostnameTaken(session.client, hostname)) ||
        (await isOurs(session, hostname))
    )
        return [];
    return [
        {
            property: "hostname",
            reason: `${hostname} is in use on this platform; remove it from where it is attached, or ask support when you own it`,
        },
    ];
}
