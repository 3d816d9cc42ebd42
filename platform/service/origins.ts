import { isApex, isWithin, originHostSchema } from "section-model";
import type { Caller } from "../auth/caller";
import { findThirdParty } from "../catalogue/third-parties";
import { isPublicAddress } from "../dns/address";
import { findApplicationOf } from "../store/applications";
import { isHostnameTaken } from "../store/domains";
import type { Context } from "./context";
import { requireHostname } from "./hostnames";

/** The present location of a site, as far as the DNS tells. */
export interface DetectedOrigin {
    /** The origin to suggest: the alias that the site follows, or its address. Undefined: nothing to suggest. */
    endpoint?: string;
    /** True when the endpoint is an address, which does not follow a site that moves. */
    isFixed: boolean;
    /** The site's addresses that the internet can reach. */
    addresses: string[];
    /** The hosting or delivery service that the site is at. */
    thirdParty?: string;
    /** Tells a person about the suggestion before they take it, or why there is none. */
    hint: string;
}

/**
 * Looks where a hostname leads. Never suggests the platform itself, nor addresses that only a network of somebody's own
 * knows.
 */
export async function detectOrigin({ dns, options }: Context, hostname: string): Promise<DetectedOrigin> {
    const [aliases, found] = await Promise.all([dns.aliases(hostname), dns.addresses(hostname)]);
    const nothing = { isFixed: false, addresses: [] };
    const failure = aliases.failure ?? found.failure;
    if (failure !== undefined) return { ...nothing, hint: `${failure}; ask again, or name the origin` };
    const isEdge = (address: string) => options.edgeAddresses?.includes(address) === true;
    if (aliases.records.some((name) => isWithin(name, options.edgeDomain)) || found.records.some(isEdge))
        return { ...nothing, hint: `${hostname} leads to this platform already; name the server behind it` };
    const addresses = found.records.filter(isPublicAddress);
    const [address] = addresses;
    const thirdParty = findThirdParty(aliases.records);
    if (address === undefined) {
        const hint =
            found.records.length > 0 ? `${hostname} has addresses of a private network only; name the origin` : "";
        return { ...nothing, thirdParty, hint };
    }
    const [alias] = aliases.records;
    const isAlias = alias !== undefined && originHostSchema.safeParse(alias).success;
    return {
        endpoint: isAlias ? alias : address,
        isFixed: !isAlias,
        addresses,
        thirdParty,
        hint: hintOf(hostname, addresses, thirdParty),
    };
}

function hintOf(hostname: string, addresses: readonly string[], thirdParty: string | undefined): string {
    if (thirdParty !== undefined)
        return `${hostname} is at ${thirdParty}; when that only delivers the site, name the server behind it`;
    if (addresses.length > 1)
        return `${hostname} has ${addresses.length} addresses and the first is suggested; a name in front of all of them follows changes`;
    return "";
}

export interface OriginDiscovery extends DetectedOrigin {
    hostname: string;
    isApex: boolean;
    isTaken: boolean;
    /** The application that has the hostname, when it is one of the caller's own. */
    ownApplication?: string;
}

/** The facts of a hostname that are known before an application is made of it. */
export async function discoverOrigin(context: Context, caller: Caller, text: string): Promise<OriginDiscovery> {
    const hostname = requireHostname(text, "hostName");
    const { database } = context.store;
    const [isTaken, own, detected] = await Promise.all([
        isHostnameTaken(database, hostname),
        findApplicationOf(database, caller.userId, hostname),
        detectOrigin(context, hostname),
    ]);
    return { ...detected, hostname, isApex: isApex(hostname), isTaken, ownApplication: own?.name };
}
