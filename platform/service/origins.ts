import { Resolver } from "node:dns/promises";
import { isApex } from "section-model";
import { isHostnameTaken } from "../store/domains";
import { requireHostname } from "./applications";
import type { Context } from "./context";

const resolveTimeoutMs = 2000;

export function openResolver({ dnsServers }: Context["options"]): Resolver {
    const resolver = new Resolver({ timeout: resolveTimeoutMs, tries: 2 });
    if (dnsServers !== undefined && dnsServers.length > 0) resolver.setServers([...dnsServers]);
    return resolver;
}

/** The IPv4 addresses of a hostname; none when it does not resolve. */
export async function resolveAddresses(context: Context, hostname: string): Promise<string[]> {
    return openResolver(context.options)
        .resolve4(hostname)
        .catch(() => []);
}

/** Where a hostname's site is now: what a new application takes as its origin when none is named. */
export async function detectOrigin(context: Context, hostname: string): Promise<string | undefined> {
    return (await resolveAddresses(context, hostname)).sort()[0];
}

/** The chain of CNAMEs that a hostname follows, nearest first. */
export async function followAliases(context: Context, hostname: string): Promise<string[]> {
    const resolver = openResolver(context.options);
    const chain: string[] = [];
    for (let at: string | undefined = hostname; at !== undefined && chain.length < 10; ) {
        const [next]: string[] = await resolver.resolveCname(at).catch(() => []);
        if (next === undefined || chain.includes(next)) break;
        chain.push(next.toLowerCase());
        at = next;
    }
    return chain;
}

export interface OriginDiscovery {
    hostname: string;
    isApex: boolean;
    isTaken: boolean;
    addresses: string[];
}

/** What can be said of a hostname before an application is made of it. */
export async function discoverOrigin(context: Context, text: string): Promise<OriginDiscovery> {
    const hostname = requireHostname(text, "hostName");
    const [isTaken, addresses] = await Promise.all([isHostnameTaken(context.store.database, hostname), resolveAddresses(context, hostname)]);
    return { hostname, isApex: isApex(hostname), isTaken, addresses: addresses.sort() };
}

/** Whether anybody has a hostname; whose it is nobody learns. */
export async function checkHostname(context: Context, text: string): Promise<{ hostname: string; taken: boolean }> {
    const hostname = requireHostname(text, "hostName");
    return { hostname, taken: await isHostnameTaken(context.store.database, hostname) };
}
