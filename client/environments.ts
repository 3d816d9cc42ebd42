import type { NewClaim } from "section-model";
import { z } from "zod";
import { amendList } from "./amendment";
import { type Claim, claimSchema, makeDeletePath } from "./claim";
import type { Client } from "./client";

export interface ApplicationPlace {
    organization: number;
    application: number;
}

export interface EnvironmentPlace extends ApplicationPlace {
    environment: string;
}

export interface AttachedDomain {
    hostname: string;
    zoneName: string;
    cname: string;
    /** Whether the DNS led to the platform at the last check. Undefined where the endpoint does not tell. */
    engaged?: boolean;
    claim?: Claim;
}

export interface EnvironmentRecord {
    name: string;
    domains: AttachedDomain[];
    /** Undefined where the endpoint does not tell. */
    head?: { commit: string; tree: string };
    claim?: Claim;
}

export const environmentsPath = ({ organization, application }: ApplicationPlace) =>
    `/account/${organization}/application/${application}/environment`;
export const environmentPath = (place: EnvironmentPlace) => `${environmentsPath(place)}/${place.environment}`;

/** The path of the shared reading of an organization's hostnames. */
export const hostnamesPath = (organization: number) => `/account/${organization}/domains`;

/** The paths of shared readings that a change of an environment's hostnames makes stale. */
export function readingsOfHostnames(place: ApplicationPlace | undefined): string[] {
    return place === undefined ? [] : [environmentsPath(place), hostnamesPath(place.organization)];
}

/** The environment that has a hostname now, for a request that brings it somewhere else. */
export interface TakesFrom extends EnvironmentPlace {
    /**
     * The id of the claim that the hostname must have there, or `none`. Missing: it is taken from whoever holds it.
     * Needs the extension `claims`.
     */
    claim?: string;
}

/**
 * The part of a body that names the environment which has the hostname now. If it has it, the hostname moves in that
 * request. Needs the extension `domain.take`; without it, and anywhere else, the hostname is in use.
 */
export function takesFromBody(place: TakesFrom | undefined): { takes_from?: object } {
    if (place === undefined) return {};
    const { organization, application, environment, claim } = place;
    return {
        takes_from: { account_id: organization, application_id: application, environment_name: environment, claim },
    };
}

export const attachedDomainSchema = z
    .looseObject({
        name: z.string(),
        zoneName: z.string().optional(),
        cname: z.string().optional(),
        engaged: z.boolean().optional(),
        claim: claimSchema,
    })
    .transform(
        ({ name, zoneName = "", cname = "", engaged, claim }): AttachedDomain => ({
            hostname: name.toLowerCase(),
            zoneName,
            cname,
            engaged,
            ...(claim && { claim }),
        }),
    );

export const environmentRecordSchema = z
    .looseObject({
        environment_name: z.string(),
        domains: z.array(attachedDomainSchema).default([]),
        head: z.looseObject({ commit: z.string(), tree: z.string() }).optional(),
        claim: claimSchema,
    })
    .transform(
        ({ environment_name, domains, head, claim }): EnvironmentRecord => ({
            name: environment_name,
            domains,
            ...(head && { head: { commit: head.commit, tree: head.tree } }),
            ...(claim && { claim }),
        }),
    );

export async function listEnvironments(
    client: Client,
    place: ApplicationPlace,
    options?: { mayBeStale?: boolean },
): Promise<EnvironmentRecord[]> {
    return client.read(environmentsPath(place), z.array(environmentRecordSchema), options);
}

/** One of the proxies that requests pass. */
export interface ChainedProxy {
    name: string;
    /** Name and version of its software, such as `varnish:6.3.1`. */
    image: string;
}

export const chainedProxySchema = z
    .looseObject({ name: z.string(), image: z.string() })
    .transform(({ name, image }): ChainedProxy => ({ name, image }));

/** The proxies that requests to an environment pass, in order. */
export async function readProxyChain(client: Client, place: EnvironmentPlace): Promise<ChainedProxy[]> {
    return client.read(`${environmentPath(place)}/stack`, z.array(chainedProxySchema));
}

/** The newest commit of an environment. */
export interface HeadCommit {
    id: string;
    subject: string;
    name: string;
    email: string;
    /** ISO 8601. */
    date: string;
}

/** Needs the extension `environment.head`. */
export async function readHeadCommit(client: Client, place: EnvironmentPlace): Promise<HeadCommit> {
    const author = z.looseObject({ name: z.string(), email: z.string() });
    const head = z.looseObject({ commit: z.string(), subject: z.string(), author, committed_at: z.string() }).transform(
        ({ commit: id, subject, author: { name, email }, committed_at: date }): HeadCommit => ({
            id,
            subject,
            name,
            email,
            date,
        }),
    );
    return client.read(`${environmentPath(place)}/head`, head);
}

export interface NewEnvironment {
    from: string;
    hostname: string;
    /** Of the environment, not of its hostname. */
    claim?: NewClaim;
    takesFrom?: TakesFrom;
}

export async function createEnvironment(
    client: Client,
    place: EnvironmentPlace,
    { from, hostname, claim, takesFrom }: NewEnvironment,
): Promise<EnvironmentRecord> {
    const named = { name: place.environment, source_environment_name: from, domain_name: hostname, claim };
    return client.write("POST", `${environmentsPath(place)}/create`, {
        body: { ...named, ...takesFromBody(takesFrom) },
        answer: environmentRecordSchema,
        forgets: [...readingsOfHostnames(place), ...readingsOfHostnames(takesFrom)],
        // the environment that the hostname is taken from may be in the same list
        amends: (record) => (takesFrom === undefined ? [amendList(environmentsPath(place), "name", record)] : []),
    });
}

/**
 * Needs the extension `environment.delete`.
 *
 * @param claim the id of the claim that it must have, or `none`
 */
export async function deleteEnvironment(client: Client, place: EnvironmentPlace, claim?: string): Promise<void> {
    await client.write("DELETE", makeDeletePath(environmentPath(place), claim), { forgets: [environmentsPath(place)] });
}

const egressPath = (place: EnvironmentPlace) => `${environmentPath(place)}/egress`;

function readEgress(client: Client, place: EnvironmentPlace) {
    const origins = z.looseObject({ default: z.looseObject({ address: z.string() }) });
    return client.read(egressPath(place), z.looseObject({ origins }));
}

/** The address of an environment's default origin. */
export async function readOriginAddress(client: Client, place: EnvironmentPlace): Promise<string> {
    return (await readEgress(client, place)).origins.default.address;
}

/** Points an environment to another origin. The rest of its egress stays as it is. */
export async function setOriginAddress(client: Client, place: EnvironmentPlace, address: string): Promise<void> {
    const path = egressPath(place);
    const egress = await readEgress(client, place);
    if (egress.origins.default.address === address) return;
    const body = { ...egress, origins: { ...egress.origins, default: { ...egress.origins.default, address } } };
    await client.write("POST", path, { body, forgets: [path, environmentsPath(place)] });
}

/** Needs the extension `environment.stack`. */
export async function setStack(client: Client, place: EnvironmentPlace, stack: string): Promise<void> {
    await client.write("POST", `${environmentPath(place)}/stack`, {
        body: { stackName: stack },
        forgets: [environmentsPath(place)],
    });
}
