import { isProblem } from "section-model";
import { z } from "zod";
import type { Client } from "./client";
import { type ChainedProxy, chainedProxySchema } from "./environments";

/** The features of an endpoint beyond v1. */
export interface PlatformFeatures {
    extensions: ReadonlySet<string>;
    /** Undefined where the endpoint does not tell. */
    edgeDomain?: string;
    /** The authority that it orders certificates from; null where it orders none. Undefined where it does not tell. */
    certificateAuthority?: string | null;
    /** False where the token may only read. Undefined where the endpoint does not tell. */
    mayWrite?: boolean;
    /** The platform itself: its id is another one on every platform. Undefined where the endpoint does not tell. */
    platform?: { id: string; name: string };
}

const capabilities = z.looseObject({
    extensions: z.array(z.string()),
    edge_domain: z.string().optional(),
    certificate_authority: z.string().nullish(),
    may_write: z.boolean().optional(),
    // older platforms give the name of their software
    platform: z.looseObject({ id: z.string(), name: z.string() }).optional().catch(undefined),
});

/** Answers of an endpoint that does not know a path. */
const unknownPath: readonly string[] = ["not-found", "unsupported", "no-platform"];

/** The extensions of the endpoint to v1. Empty when it does not know the request. */
export function readFeatures(client: Client): Promise<PlatformFeatures> {
    return client.once("features", () =>
        client.read("/capabilities", capabilities).then(
            ({ extensions, edge_domain, certificate_authority, may_write, platform }): PlatformFeatures => ({
                extensions: new Set(extensions),
                edgeDomain: edge_domain,
                ...(certificate_authority !== undefined && { certificateAuthority: certificate_authority }),
                ...(may_write !== undefined && { mayWrite: may_write }),
                ...(platform && { platform: { id: platform.id, name: platform.name } }),
            }),
            async (error) => {
                if (!isProblem(error) || !unknownPath.includes(error.code)) throw error;
                // pure v1, or no platform at all: what every platform answers tells
                await readCaller(client);
                return { extensions: new Set<string>() };
            },
        ),
    );
}

export interface Person {
    name: string;
    email: string;
}

const user = z.looseObject({
    email: z.string(),
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
});

/** The user of the token, who is the author of commits. */
export function readCaller(client: Client): Promise<Person> {
    return client.once("caller", async () => {
        const { email, first_name, last_name } = await client.read("/user", user);
        return { email, name: `${first_name ?? ""} ${last_name ?? ""}`.trim() || email };
    });
}

const check = z.looseObject({ taken: z.boolean() });
const originDetection = z.looseObject({
    hostname_duplicate: z.boolean(),
    origin_detected: z.boolean().nullish(),
    origin_hint: z.string().nullish(),
});

const detectOrigin = (client: Client, hostname: string) => client.read(`/origin?hostName=${hostname}`, originDetection);

const hostnamePath = (hostname: string) => `/hostname/${hostname}`;

/** True when any application or environment on the platform has the hostname, also one of other organizations. */
export async function isHostnameTaken(client: Client, hostname: string): Promise<boolean> {
    const { extensions } = await readFeatures(client);
    if (extensions.has("hostname.check")) return (await client.read(hostnamePath(hostname), check)).taken;
    return (await detectOrigin(client, hostname)).hostname_duplicate;
}

/** Asks about hostnames before their turn, where answers cost the endpoint little. Whoever needs one gets its error. */
export async function readHostnamesAhead(client: Client, hostnames: readonly string[]): Promise<void> {
    const { extensions } = await readFeatures(client);
    if (!extensions.has("hostname.check")) return;
    for (const path of hostnames.map(hostnamePath)) if (!client.hasRead(path)) client.read(path, check).catch(() => {});
}

/** The same as `isHostnameTaken` but asked anew: a shared answer is seconds old, and the hostname may be free since. */
export async function isHostnameStillTaken(client: Client, hostname: string): Promise<boolean> {
    const path = hostnamePath(hostname);
    if (client.hasRead(path)) client.forget(path, client.read(path, check));
    return isHostnameTaken(client, hostname);
}

/**
 * The reason why the platform finds no origin for a new site of a free hostname that names none; empty when it says
 * none. Undefined where it finds one, or where the hostname is in use.
 */
export async function explainNoOrigin(client: Client, hostname: string): Promise<string | undefined> {
    const { hostname_duplicate, origin_detected, origin_hint } = await detectOrigin(client, hostname);
    return hostname_duplicate || origin_detected !== false ? undefined : (origin_hint ?? "");
}

const stack = z.looseObject({ name: z.string(), proxychain: z.array(chainedProxySchema).optional() });

function listStacks(client: Client) {
    return client.once("stacks", () => client.read("/stack", z.array(stack)));
}

/** The names of the stacks that an application can start from. */
export async function readStacks(client: Client): Promise<string[]> {
    return (await listStacks(client)).map(({ name }) => name);
}

/** The proxies of a stack. Undefined where the endpoint does not tell. */
export async function readStackChain(client: Client, wanted: string): Promise<ChainedProxy[] | undefined> {
    return (await listStacks(client)).find(({ name }) => name === wanted)?.proxychain;
}

/** The images that a proxy chain can name. */
export function readImages(client: Client): Promise<string[]> {
    return client.once("images", async () =>
        (await client.read("/proxytemplate", z.array(z.looseObject({ image: z.string() })))).map(({ image }) => image),
    );
}
