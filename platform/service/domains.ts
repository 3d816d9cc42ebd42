import { type NewClaim, Problem } from "section-model";
import type { Member } from "../auth/caller";
import type { Database, EnvironmentRow } from "../store/database";
import { findDomain, type NamedDomain } from "../store/domains";
import { namesApplication, refuseSplit, requireApplication } from "./applications";
import { attachHostname, detachHostnames, foreignDomainAsProblem, refuseElsewhere } from "./attachments";
import { noteChange } from "./changes";
import { stampClaim } from "./claims";
import type { Context } from "./context";
import { type EnvironmentView, getEnvironment, requireEnvironment } from "./environments";
import { handOver, type Receiver, receiverOf } from "./hand-over";
import { findSource, type HostnameSource, lockBoth, type TakesFrom, takeHostname } from "./hostname-sources";
import { requireHostname, requireSite } from "./hostnames";
import { type ExpectedClaim, refuseOtherClaim } from "./refuse-held";

/** The environment that a domain is attached to. */
export interface DomainPlace {
    applicationId: number;
    environment: string;
}

/**
 * Holds the account and finds the environment whose domains are to change: that of an application with domains of its
 * own.
 */
async function openPlace(
    transaction: Database,
    member: Member,
    { applicationId, environment }: DomainPlace,
    source?: HostnameSource,
) {
    await lockBoth(transaction, member.accountId, source);
    const application = await requireApplication(transaction, member, applicationId);
    refuseSplit(application, "domains");
    return { application, environment: await requireEnvironment(transaction, member, applicationId, environment) };
}

export interface Attaching {
    /** Of the domain if it arrives now; one that is attached there already keeps its own. */
    claim?: NewClaim;
    takesFrom?: TakesFrom;
    /** Whether the answer shows the environment with this domain and nothing else. */
    isAlone?: boolean;
    /** Runs in the same transaction. */
    together?(transaction: Database): Promise<void>;
}

/** Attaches a hostname to an environment; one that is attached there already is fine. */
export async function addDomain(
    context: Context,
    member: Member,
    place: DomainPlace,
    text: string,
    { takesFrom, isAlone, together, ...request }: Attaching = {},
): Promise<EnvironmentView> {
    const hostname = requireSite(context, text, "hostName");
    const claim = stampClaim(context, request.claim);
    const { accountId } = member;
    const source = await findSource(context, member, takesFrom);
    const attach = async (transaction: Database, { environment_name, ...owner }: Receiver) => {
        await attachHostname(context, transaction, { hostname, ...owner, claim });
        await noteChange(transaction, member, "domain.attach", {
            thing: { application_id: place.applicationId, hostname },
            to: environment_name,
        });
    };
    const environment = await context.store
        .transact(async (transaction) => {
            const { environment } = await openPlace(transaction, member, place, source);
            const domain = await findDomain(transaction, accountId, hostname);
            if (domain?.environment_id !== environment.id) {
                const receiver = receiverOf(environment);
                const taken = await takeHostname(context, transaction, hostname, source, receiver, claim);
                if (taken === undefined) {
                    refuseElsewhere(domain);
                    await attach(transaction, receiver);
                }
            }
            await together?.(transaction);
            return environment;
        })
        .catch((error) => Promise.reject(foreignDomainAsProblem(error, text)));
    return isAlone
        ? viewAlone(context, environment, hostname)
        : getEnvironment(context, member, place.applicationId, place.environment);
}

/** An environment with one of its domains, if it has it, and nothing else. */
async function viewAlone({ store }: Context, environment: EnvironmentRow, hostname: string): Promise<EnvironmentView> {
    const domain = await findDomain(store.database, environment.account_id, hostname);
    const domains = domain?.environment_id === environment.id ? [domain] : [];
    return { environment, domains, head: undefined };
}

/**
 * A domain of an environment that may leave it. The one that names the application stays as long as the application.
 */
async function requireLeaving(
    transaction: Database,
    member: Member,
    place: DomainPlace,
    hostname: string,
    ifMissing: "not-found" | "domain-not-attached" = "not-found",
): Promise<{ domain: NamedDomain; environment: EnvironmentRow }> {
    const { application, environment } = await openPlace(transaction, member, place);
    const domain = await findDomain(transaction, member.accountId, hostname);
    if (domain?.environment_id !== environment.id)
        throw new Problem(
            ifMissing,
            `${hostname} is not attached to environment ${place.environment} of application ${place.applicationId}`,
        );
    if (namesApplication(application, hostname))
        throw new Problem(
            "domain-names-application",
            `${hostname} is the hostname of application ${place.applicationId} itself`,
        );
    return { domain, environment };
}

/**
 * Detaches a hostname. One that is not attached there is `domain-not-attached`, with the status that v1 declares; for a
 * program that names a claim or asks for the environment alone, which are extensions, it is `not-found`: already gone.
 *
 * @param isAlone whether the answer shows the environment alone
 */
export async function removeDomain(
    context: Context,
    member: Member,
    place: DomainPlace,
    text: string,
    { claim: toDelete, isAlone = false }: { claim?: ExpectedClaim; isAlone?: boolean } = {},
): Promise<EnvironmentView> {
    const hostname = requireHostname(text, "hostName");
    const environment = await context.store.transact(async (transaction) => {
        const ifMissing = isAlone || toDelete !== undefined ? "not-found" : "domain-not-attached";
        const { domain, environment } = await requireLeaving(transaction, member, place, hostname, ifMissing);
        refuseOtherClaim(hostname, domain.claim, toDelete);
        await detachHostnames(context, transaction, member.accountId, { hostname });
        await noteChange(transaction, member, "domain.detach", {
            thing: { application_id: place.applicationId, hostname },
            from: place.environment,
        });
        return environment;
    });
    return isAlone
        ? { environment, domains: [], head: undefined }
        : getEnvironment(context, member, place.applicationId, place.environment);
}

/**
 * Gives a domain to another environment of the same application, in one step: it is attached all the time and stays as
 * live as it is. It keeps its claim unless the request brings one.
 */
export async function moveDomain(
    context: Context,
    member: Member,
    place: DomainPlace,
    text: string,
    to: string,
    claim?: NewClaim,
): Promise<EnvironmentView> {
    const hostname = requireHostname(text, "hostName");
    await context.store.transact(async (transaction) => {
        const { domain } = await requireLeaving(transaction, member, place, hostname);
        const target = await requireEnvironment(transaction, member, place.applicationId, to);
        if (to === place.environment) return;
        const doer = { caller: member.caller };
        const wanted = stampClaim(context, claim) ?? domain.claim;
        await handOver(context, transaction, doer, domain, receiverOf(target), wanted);
    });
    return getEnvironment(context, member, place.applicationId, to);
}
