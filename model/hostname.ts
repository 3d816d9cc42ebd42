import { domainToASCII } from "node:url";
import { parse } from "tldts";
import { z } from "zod";

const longestHostname = 253;
const label = /^[a-z0-9_]([a-z0-9-_]{0,61}[a-z0-9_])?$/;

/** True for a name that programs read as an IPv4 address, as URLs do: `127.1` and `0x7f.1` are 127.0.0.1. */
export function hasNumberAtEnd(name: string): boolean {
    return /(^|\.)(\d+|0x[\da-f]*)$/i.test(name);
}

/** The first label of a name that begins as those of an IDN do and is none, such as `xn--a`. */
export function findWrongIdn(name: string): string | undefined {
    return name.split(".").find((part) => /^xn--/i.test(part) && domainToASCII(part) === "");
}

/** The reason to refuse a hostname; `undefined` when it is valid. Expects normalised text. */
function refuseHostname(hostname: string): string | undefined {
    if (hostname.length > longestHostname) return `is longer than ${longestHostname} characters`;
    if (!hostname.includes(".")) return "has no dot; write the full name, such as www.acme.example";
    const wrong = hostname.split(".").find((part) => !label.test(part));
    if (wrong !== undefined)
        return `has the label ${JSON.stringify(wrong)}; labels are 1 to 63 letters, digits, underscores and inner dashes`;
    if (hasNumberAtEnd(hostname)) return "is read as an IP address; a site needs a name";
    const wrongIdn = findWrongIdn(hostname);
    if (wrongIdn !== undefined) return `has the label "${wrongIdn}", which stands for no name in other letters`;
    const parsed = parse(hostname, { allowPrivateDomains: false });
    if (parsed.publicSuffix === hostname && (parsed.isIcann || parsed.isPrivate)) {
        return "is a public suffix, under which others register names; name a site below it";
    }
    return undefined;
}

/**
 * The normal spelling of a hostname: lower case, IDN as ASCII, no trailing dot. Text that is not a hostname is only
 * trimmed and put in lower case; `hostnameSchema` gives the reason to refuse it.
 *
 * @example normaliseHostname("WWW.Bücher.Example.") === "www.xn--bcher-kva.example"
 */
export function normaliseHostname(text: string): string {
    const trimmed = text.trim().replace(/\.$/, "").toLowerCase();
    // the conversion of IDN to ASCII uses a URL parser, which would drop line breaks and tabs and stop at a slash
    if (/^[\x20-\x7e]*$/.test(trimmed) || /[\s\p{Cc}/?#\\]/u.test(trimmed)) return trimmed;
    return domainToASCII(trimmed) || trimmed;
}

/**
 * A hostname of a site, normalised. Refuses schemes, paths, ports, wildcards, IP addresses and bare public suffixes.
 */
export const hostnameSchema = z.string("must be a hostname such as www.acme.example").transform((text, context) => {
    const hostname = normaliseHostname(text);
    let reason: string | undefined;
    if (hostname === "") reason = "is empty; write a hostname such as www.acme.example";
    else if (hostname.includes("://"))
        reason = `must not have a scheme; write "${hostname.replace(/^.*?:\/\//, "").replace(/\/.*$/, "")}"`;
    else if (hostname.includes("/")) reason = `must not have a path; write "${hostname.replace(/\/.*$/, "")}"`;
    else if (hostname.includes(":")) reason = `must not have a port; write "${hostname.replace(/:.*$/, "")}"`;
    else if (hostname.includes("*"))
        reason = "must not have a wildcard; declare each hostname, or contact support for a wildcard";
    else reason = refuseHostname(hostname);
    if (reason !== undefined) {
        context.addIssue({ code: "custom", message: reason });
        return z.NEVER;
    }
    return hostname;
});

/**
 * The DNS zone that contains a hostname, by the public suffix list: `shop.acme.co.uk` -> `acme.co.uk`. Under unlisted
 * suffixes (`.example`) the zone is the last two labels.
 */
export function zoneName(hostname: string): string {
    return parse(hostname, { allowPrivateDomains: false, validateHostname: false }).domain ?? hostname;
}

/** True when the hostname is the top of its zone, where DNS forbids a CNAME. */
export function isApex(hostname: string): boolean {
    return zoneName(hostname) === hostname;
}

/** True when a name is a domain or lies below it. Whole labels count: `evilexample.com` is not in `example.com`. */
export function isWithin(name: string, domain: string): boolean {
    return name === domain || name.endsWith(`.${domain}`);
}

/** The domain below which Section's own edge answers for sites. */
export const sectionEdgeDomain = "c.section.io";

/** The name under which the platform answers for a hostname. `edgeDomain` defaults to Section's. */
export function cnameTarget(hostname: string, edgeDomain = sectionEdgeDomain): string {
    return `${hostname}.${edgeDomain}`;
}

/** The edge domain in the CNAME target of a hostname. Undefined when it is not a target of that hostname. */
export function edgeDomainOf(hostname: string, target: string): string | undefined {
    return target.startsWith(`${hostname}.`) ? target.slice(hostname.length + 1) : undefined;
}
