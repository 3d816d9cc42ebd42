import { printableLine } from "pulumi-section/internal";
import type { DnsHost } from "section-client";
import { plainWords, type Words } from "../report/document";
import { sayCount } from "../report/say-count";
import type { DnsChange } from "./dns-change";
import type { DomainSheet } from "./domain-sheet";
import type { GoLiveSheet } from "./golive-sheet";
import type { GoLiveChange } from "./golive-steps";

/** The current records, in one cell. */
export function sayOld(old: DnsChange["old"]): string {
    if (old === undefined) return "could not be looked up";
    return old.length === 0 ? "nothing" : printableLine(old.join(", "));
}

/** The DNS host of a zone. */
export function sayDnsHost({ provider, nameServers, failure }: DnsHost): string {
    if (failure !== undefined) return `an unknown DNS host: ${failure}`;
    if (nameServers.length === 0) return "an unknown DNS host: no name servers are published";
    return printableLine(`${provider} (name servers ${nameServers.join(", ")})`);
}

export function sayLive({ isLive, liveUnknown }: DomainSheet): string {
    const word = isLive ? "live" : "not live";
    return liveUnknown === undefined
        ? word
        : `${word} when last seen; the platform could not look just now: ${printableLine(liveUnknown)}`;
}

export function sayPlace({ site, environment, head }: DomainSheet): string {
    return `${environment} of ${site}${head === undefined ? "" : `, commit ${head.slice(0, 10)}`}`;
}

export function sheetTitle({ client: { name, id }, site }: GoLiveSheet): string {
    return printableLine(site === undefined ? `Going live: ${name} (${id})` : `Going live: ${site} of ${name} (${id})`);
}

export function sayCounts({ domains, checkedAt, endpoint }: GoLiveSheet): string {
    const live = domains.filter(({ isLive }) => isLive).length;
    const open = domains.filter(({ changes }) => changes.some(({ action }) => action !== "keep")).length;
    const moment = checkedAt.replace("T", " ").replace(/\.\d+Z$/, " UTC");
    return `${sayCount(domains.length, "hostname")}: ${live} live, ${open} with something to change. Looked at ${moment}, at ${endpoint}.`;
}

/** Changes by the zone they are made in, with its DNS host. */
export function byZone(
    changes: readonly GoLiveChange[],
    domains: readonly DomainSheet[],
): { zone: string; host: string; changes: GoLiveChange[] }[] {
    const zones = [...new Set(changes.map(({ zone }) => zone))];
    return zones.map((zone) => {
        const { dnsHost } = domains.find((each) => each.dnsHost.zone === zone) as DomainSheet;
        return { zone, host: sayDnsHost(dnsHost), changes: changes.filter((each) => each.zone === zone) };
    });
}

/** Marks the text between backquotes in a sentence to be copied as it is. */
export function wordsOf(sentence: string): Words {
    return sentence
        .split("`")
        .map((text, index) => (index % 2 === 1 ? { copy: text } : text))
        .filter((word) => plainWords([word]) !== "");
}
