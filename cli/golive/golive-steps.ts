import type { DnsChange } from "./dns-change";
import type { DomainSheet } from "./domain-sheet";

/** A change, and the hostname that needs it. */
export interface GoLiveChange extends DnsChange {
    hostname: string;
    /** The zone whose DNS host it is made at. */
    zone: string;
}

export interface GoLiveStep {
    title: string;
    when: string;
    /** Instructions, a sentence each; text between backquotes is to be copied. Says so if there is nothing to do. */
    words: string[];
    /** Changes at the DNS host. */
    changes: GoLiveChange[];
}

/** The TTL for a record that is live and has proved itself. */
const laterTtlSeconds = 3600;

const code = (text: string) => `\`${text}\``;

const keyOf = ({ action, type, name, value }: DnsChange) => `${action} ${type} ${name} ${value}`;

function changesOf(domains: readonly DomainSheet[], isWanted: (change: DnsChange) => boolean): GoLiveChange[] {
    const changes = domains.flatMap(({ hostname, dnsHost, changes: all }) =>
        all
            .filter((change) => change.action !== "keep" && isWanted(change))
            .map((change) => ({ hostname, zone: dnsHost.zone, ...change })),
    );
    // the same CAA record serves many hostnames
    return [...new Map(changes.map((change) => [keyOf(change), change])).values()];
}

const isCaa = ({ type }: DnsChange) => type === "CAA";
const isOther = (change: DnsChange) => !isCaa(change);

function tryFirst(domains: readonly DomainSheet[]): GoLiveStep {
    const others = domains.filter(({ isProduction }) => !isProduction);
    const sites = [...new Set(domains.map(({ site }) => site))];
    const words = sites.flatMap((site) => {
        const tried = others.filter((each) => each.site === site);
        const names = tried.map(({ hostname }) => hostname).join(", ");
        return tried.length > 0
            ? [
                  `Open ${names} once its DNS leads there, and go through the site as a visitor does: pages, search, forms, the checkout.`,
              ]
            : [
                  `${site} has no environment to try things in: look at its Production as below, before anybody else can.`,
              ];
    });
    for (const { hostname, record, isProduction, isLive } of domains) {
        if (!isProduction || isLive) continue;
        words.push(
            `Look at ${hostname} as it will be, while its DNS still leads elsewhere: ${code(`curl --connect-to ::${record.value}: http://${hostname}/`)}`,
        );
    }
    return {
        title: "Try it where no visitors come",
        when: "days before",
        words,
        changes: changesOf(others, () => true),
    };
}

function lowerTtl(domains: readonly DomainSheet[]): GoLiveStep {
    const words = domains.flatMap(({ hostname, record, changes }) =>
        changes
            .filter(
                ({ action, old = [] }) =>
                    action === "replace" || action === "set" || (action === "remove" && old.length > 0),
            )
            .map(({ type, action, old, oldTtl }) => {
                const what =
                    old === undefined
                        ? "what is there now"
                        : action === "remove"
                          ? `the ${type} records`
                          : (old.join(", ") as string);
                const seen = oldTtl === undefined ? "" : `; now it is ${oldTtl} seconds or more`;
                return `${hostname}: set the time to live (TTL) of ${what} to ${code(String(record.ttl))} seconds${seen}.`;
            }),
    );
    const why = "After the change, visitors may still go to the old place until the old time to live has passed.";
    return {
        title: "Lower the time to live of the present records",
        when: "a day before, or as long before as the old time to live is",
        words: [...words, ...(words.length > 0 ? [why] : [])],
        changes: [],
    };
}

function prepareCertificates(domains: readonly DomainSheet[]): GoLiveStep {
    const earlier = new Set(tryFirst(domains).changes.map(keyOf));
    const words = domains.map(({ hostname, certificateWords }) => `${hostname}: ${certificateWords}.`);
    return {
        title: "Certificates",
        when: "before the DNS changes",
        words,
        changes: changesOf(domains, (change) => isCaa(change) && !earlier.has(keyOf(change))),
    };
}

function changeApex(domains: readonly DomainSheet[]): GoLiveStep {
    const apexes = domains.filter(({ isProduction, record }) => isProduction && record.apex);
    const words = apexes
        .filter(({ changes }) => changes.some((change) => change.action !== "keep" && isOther(change)))
        .flatMap(({ record }) => [...record.notes.slice(0, 1), ...record.alternatives.map(({ advice }) => advice)]);
    return {
        title: "The apex, the domain without www",
        when: "on the day",
        words,
        changes: changesOf(apexes, isOther),
    };
}

function changeOthers(domains: readonly DomainSheet[]): GoLiveStep {
    const others = domains.filter(({ isProduction, record }) => isProduction && !record.apex);
    const cut = others.filter(({ hostname, dnsHost }) => dnsHost.zone === hostname);
    const words = cut.map(
        ({ hostname }) =>
            `${hostname} has name servers of its own, so DNS allows no CNAME there: use ALIAS or ANAME at that DNS host.`,
    );
    return {
        title: "www and all other names",
        when: "on the day, right after",
        words,
        changes: changesOf(others, isOther),
    };
}

function lookAgain(domains: readonly DomainSheet[], target: string): GoLiveStep {
    const waiting = domains.filter(({ isLive }) => !isLive).map(({ hostname }) => hostname);
    const words =
        waiting.length === 0
            ? []
            : [`Not live yet: ${waiting.join(", ")}. Look again with ${code(`pulumi-section golive ${target}`)}`];
    return { title: "Look again", when: "minutes after", words, changes: [] };
}

function raiseTtl(domains: readonly DomainSheet[]): GoLiveStep {
    const words = domains.map(
        ({ hostname, record: { type } }) =>
            `${hostname}: set the time to live of its ${type} record to ${code(String(laterTtlSeconds))} seconds, and keep the record.`,
    );
    const why = "The site is live for as long as the record is there.";
    return { title: "Raise the time to live again", when: "a day after", words: [...words, why], changes: [] };
}

/**
 * The order in which a client goes live. Changes that are done already are in no step.
 *
 * @param target the argument of `pulumi-section golive`: an id or a hostname
 */
export function orderSteps(domains: readonly DomainSheet[], target: string): GoLiveStep[] {
    if (domains.length === 0) return [];
    return [
        tryFirst(domains),
        lowerTtl(domains),
        prepareCertificates(domains),
        changeApex(domains),
        changeOthers(domains),
        lookAgain(domains, target),
        raiseTtl(domains),
    ].map((step) => (step.words.length + step.changes.length > 0 ? step : { ...step, words: ["Nothing to do."] }));
}
