import { isProblem, type NewClaim, Problem } from "section-model";
import { z } from "zod";
import { makeDeletePath } from "./claim";
import type { Amendment, Client } from "./client";
import {
    type ApplicationPlace,
    type AttachedDomain,
    type EnvironmentPlace,
    type EnvironmentRecord,
    environmentPath,
    environmentRecordSchema,
    environmentsPath,
    hostnamesPath,
    readingsOfHostnames,
    type TakesFrom,
    takesFromBody,
} from "./environments";

const domainPath = (place: EnvironmentPlace, hostname: string) => `${environmentPath(place)}/domain/${hostname}`;

/** PEM texts of an own certificate. */
export interface CertificateUpload {
    publicCertificates: string;
    privateKey: string;
}

export interface Attaching {
    /** Of the hostname if it arrives now; one that is attached there already keeps its own. */
    claim?: NewClaim;
    takesFrom?: TakesFrom;
    /** Whether no other domain of the environment matters. Endpoints without `domain.alone` answer with all of them. */
    isAlone?: boolean;
}

/** Asks for an answer without the other domains of the environment, by the extension `domain.alone`. */
const alone = "domain=alone";

/** Adds domains of an answer to those of their environment in the shared reading. */
function amendDomains(place: EnvironmentPlace, { name, domains, ...rest }: EnvironmentRecord): Amendment {
    const add = (known: readonly AttachedDomain[]) => [
        ...known.filter(({ hostname }) => !domains.some((each) => each.hostname === hostname)),
        ...domains,
    ];
    const change = (list: readonly EnvironmentRecord[]) =>
        list.map((each) => (each.name === name ? { ...each, ...rest, domains: add(each.domains) } : each));
    return { path: environmentsPath(place), change };
}

/**
 * Attaches a hostname, with its own certificate if given: both or neither. A hostname that this environment has already
 * is no error.
 */
export async function attachDomain(
    client: Client,
    place: EnvironmentPlace,
    hostname: string,
    upload?: CertificateUpload,
    { claim, takesFrom, isAlone = false }: Attaching = {},
): Promise<EnvironmentRecord> {
    const certificate = upload && { public_certificates: upload.publicCertificates, private_key: upload.privateKey };
    return client.write("POST", `${domainPath(place, hostname)}${isAlone ? `?${alone}` : ""}`, {
        body: (certificate || claim || takesFrom) && { ...certificate, claim, ...takesFromBody(takesFrom) },
        answer: environmentRecordSchema,
        forgets: [...readingsOfHostnames(place), ...readingsOfHostnames(takesFrom)],
        // the environment that it is taken from may be in the same list
        amends: (record) => (takesFrom === undefined ? [amendDomains(place, record)] : []),
    });
}

/** Whether an environment has a hostname now, whatever was read of it before. */
async function isAttached(client: Client, place: EnvironmentPlace, hostname: string): Promise<boolean> {
    const environments = await client.write("GET", environmentsPath(place), {
        answer: z.array(environmentRecordSchema),
        forgets: readingsOfHostnames(place),
    });
    const record = environments.find(({ name }) => name === place.environment);
    return record?.domains.some((domain) => domain.hostname === hostname) === true;
}

/**
 * Detaches a hostname. One that is not attached there is `not-found`, also at endpoints without extensions: v1 declares
 * 400 for it, as for all that it refuses, so that only another look tells.
 *
 * @param claim the id of the claim that it must have, or `none`
 */
export async function detachDomain(
    client: Client,
    place: EnvironmentPlace,
    hostname: string,
    claim?: string,
): Promise<void> {
    const forgets = readingsOfHostnames(place);
    const path = makeDeletePath(domainPath(place, hostname), claim);
    const request = client.write("DELETE", `${path}${claim === undefined ? "?" : "&"}${alone}`, { forgets });
    await request.catch(async (error) => {
        const isRefused = isProblem(error) && error.code === "invalid-input";
        if (!isRefused || (await isAttached(client, place, hostname))) throw error;
        throw new Problem("not-found", `${hostname} is not attached to environment ${place.environment}`, {
            cause: error,
        });
    });
}

export interface LiveState {
    isEngaged: boolean;
    /** The reason why the platform got no clear answer from the DNS. Then `isEngaged` is the previous value. */
    unanswered?: string;
}

const engagement = z.looseObject({
    is_engaged: z.boolean(),
    unanswered: z.record(z.string(), z.string()).optional(),
});

/** Makes the platform ask the DNS now whether a hostname leads to it. */
export async function verifyDomain(client: Client, place: ApplicationPlace, hostname: string): Promise<LiveState> {
    const path = `/account/${place.organization}/domain/${hostname}/verifyEngaged`;
    const { is_engaged, unanswered } = await client.write("GET", path, {
        answer: engagement,
        forgets: readingsOfHostnames(place),
    });
    return { isEngaged: is_engaged, unanswered: unanswered?.[hostname] };
}

/** Every hostname of an organization, and whether it was live at the last check. */
export async function listDomainStates(
    client: Client,
    organization: number,
): Promise<Map<string, boolean | undefined>> {
    const domains = await client.read(
        hostnamesPath(organization),
        z.array(z.looseObject({ domain_name: z.string(), engaged: z.boolean().optional() })),
    );
    return new Map(domains.map(({ domain_name, engaged }) => [domain_name.toLowerCase(), engaged]));
}

/** Every hostname of an organization. */
export async function listHostnames(client: Client, organization: number): Promise<string[]> {
    return [...(await listDomainStates(client, organization)).keys()];
}
