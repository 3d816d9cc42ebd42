import { mapAtMost } from "section-display";
import { cnameTarget, Problem } from "section-model";
import type { Member } from "../auth/caller";
import type { DomainRow } from "../store/database";
import { claimDueDomains, findDomain, listDomainRows, setCheckDue, setEngaged } from "../store/domains";
import { getApplication } from "./applications";
import type { Context } from "./context";
import { getEnvironment, requireEnvironment } from "./environments";
import { requireHostname } from "./hostnames";

/** Beyond this many, verifying in one request would keep the caller waiting for DNS. */
const verifiedAtOnce = 10;
/** The number of domains in one turn in the background; `askedAtOnce` of them are asked about at the same time. */
const checkedInATurn = 50;
const askedAtOnce = 8;
const hourMs = 3_600_000;
/**
 * The greatest distance of a check from its time, as a part of the time between two checks. So checks that began
 * together do not stay together.
 */
const spread = 0.1;

/** The state of a domain after the DNS was asked. */
export interface LiveState {
    hostname: string;
    engaged: boolean;
    /** The reason why the DNS gave no clear answer; `engaged` is then the value from before. */
    unanswered?: string;
}

/**
 * True when the DNS leads to the platform now: by an alias to the hostname's own name there, or, as at an apex or where
 * a provider turns aliases into addresses, by no address but the platform's. A DNS bypass makes no difference: its
 * addresses are the platform's answer.
 */
async function isEngagedNow(
    { dns, options }: Context,
    hostname: string,
): Promise<{ engaged: boolean } | { unanswered: string }> {
    const target = cnameTarget(hostname, options.edgeDomain);
    const aliases = await dns.aliases(hostname);
    if (aliases.records.includes(target)) return { engaged: true };
    const own = await dns.addresses(hostname);
    const failure = aliases.failure ?? own.failure;
    if (failure !== undefined) return { unanswered: failure };
    if (own.records.length === 0) return { engaged: false };
    const known = options.edgeAddresses ?? [];
    const unknown = own.records.filter((address) => !known.includes(address));
    if (unknown.length === 0) return { engaged: true };
    const edge = await dns.addresses(target);
    if (edge.failure !== undefined) return { unanswered: edge.failure };
    return { engaged: unknown.every((address) => edge.records.includes(address)) };
}

async function verify(context: Context, { account_id, hostname, engaged }: DomainRow): Promise<LiveState> {
    const found = await isEngagedNow(context, hostname);
    if ("unanswered" in found) return { hostname, engaged, ...found };
    await setEngaged(context.store.database, account_id, hostname, found.engaged, context.now());
    return { hostname, ...found };
}

/** Asks the DNS about one hostname and keeps the answer. */
export async function verifyDomain(context: Context, member: Member, text: string): Promise<LiveState> {
    const domain = await findDomain(context.store.database, member.accountId, requireHostname(text, "hostName"));
    if (domain === undefined) throw new Problem("not-found", `account ${member.accountId} has no domain ${text}`);
    return verify(context, domain);
}

/** Asks the DNS about every hostname of an application, or of one of its environments. */
export async function verifyDomains(
    context: Context,
    member: Member,
    applicationId: number,
    environmentName?: string,
): Promise<LiveState[]> {
    await getApplication(context, member, applicationId);
    const { database } = context.store;
    if (environmentName !== undefined) await requireEnvironment(database, member, applicationId, environmentName);
    const domains = await listDomainRows(database, member.accountId, { applicationId, environmentName });
    if (domains.length > verifiedAtOnce) {
        throw new Problem("too-many-domains", `${domains.length} domains cannot be verified at once`, {
            remedy: "Use the single-domain API instead: GET /account/ID/domain/HOST/verifyEngaged",
        });
    }
    return Promise.all(domains.map((domain) => verify(context, domain)));
}

/** The last known state of an environment: live when any of its hostnames is. */
export async function isEnvironmentEngaged(
    context: Context,
    member: Member,
    applicationId: number,
    environmentName: string,
): Promise<boolean> {
    const { domains } = await getEnvironment(context, member, applicationId, environmentName);
    return domains.some(({ engaged }) => engaged);
}

/**
 * Verifies domains whose time has come, a few in a turn, and says how many. Replicas take turns by taking rows, so no
 * domain is asked about twice; one that the DNS says nothing of has its next turn within the hour. Once told to
 * `hurry`, it gives back the domains that are left.
 */
export async function verifyDueDomains(context: Context, hurry?: AbortSignal): Promise<number> {
    const { store, options } = context;
    const now = context.now();
    const everyMs = options.verifyEveryHours * hourMs;
    const next = new Date(now.getTime() + everyMs);
    const due = await claimDueDomains(store.database, now, next, (everyMs * spread) / 1000, checkedInATurn);
    const soon = new Date(now.getTime() + Math.min(everyMs, hourMs));
    const verified = await mapAtMost(askedAtOnce, due, async (domain) => {
        const isLeft = hurry?.aborted === true;
        const { unanswered } = isLeft ? { unanswered: "no time" } : await verify(context, domain);
        if (unanswered !== undefined)
            await setCheckDue(store.database, domain.account_id, domain.hostname, isLeft ? now : soon);
        return !isLeft;
    });
    return verified.filter(Boolean).length;
}
