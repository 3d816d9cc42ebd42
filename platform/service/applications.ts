import { type NewClaim, normaliseHostname, Problem, type Proxy, productionName } from "section-model";
import type { Member } from "../auth/caller";
import { defaultStackName, requireStack } from "../catalogue/stacks";
import { makeSystemLimit } from "../fair-use";
import { lockAccount } from "../store/accounts";
import {
    findApplication,
    insertSiteRows,
    listApplicationRows,
    listFamily,
    moveApplication,
} from "../store/applications";
import type { StoredClaim } from "../store/column";
import type { ApplicationRow, Database } from "../store/database";
import { isTaken } from "../store/database-failure";
import { hostnameConstraint, isHostnameUnsettled } from "../store/domains";
import { measureAccount } from "../store/repository-sizes";
import { attachHostname, detachHostnames } from "./attachments";
import { type Author, noteChange } from "./changes";
import { stampClaim } from "./claims";
import type { Context } from "./context";
import type { Effects } from "./effects";
import { receiverOf } from "./hand-over";
import {
    findSource,
    type HostnameSource,
    lockBoth,
    refuseTaken,
    type TakesFrom,
    takeHostname,
} from "./hostname-sources";
import { requireSite, takenAsProblem } from "./hostnames";
import { refuseFull } from "./kept-bytes";
import { detectOrigin } from "./origins";
import { decideWithEffect } from "./outbox";
import { type ExpectedClaim, refuseHeld } from "./refuse-held";
import { whenSettled } from "./refuse-unsettled";

export interface ApplicationRequest {
    hostname: string;
    /** Missing or empty: the present location of the site by the DNS. */
    origin?: string;
    stackName?: string;
    claim?: NewClaim;
    takesFrom?: TakesFrom;
}

/** The part of an application that an answer shows. */
export type ApplicationView = Pick<ApplicationRow, "id" | "account_id" | "name" | "path_prefix" | "claim">;

interface ApplicationPlan {
    hostname: string;
    origin: string;
    proxychain: Proxy[];
    date: string;
}

/**
 * Everything that has to be known before rows are written: stack, origin, time.
 *
 * @param source the place that the hostname may be taken from
 */
export async function planApplication(
    context: Context,
    request: ApplicationRequest,
    source: HostnameSource | undefined,
): Promise<ApplicationPlan> {
    const hostname = requireSite(context, request.hostname, "hostname");
    const { proxychain } = requireStack(request.stackName ?? defaultStackName);
    const origin = request.origin || (await requireOrigin(context, hostname, request, source));
    return { hostname, origin, proxychain, date: context.now().toISOString() };
}

async function requireOrigin(
    context: Context,
    hostname: string,
    { hostname: asked }: ApplicationRequest,
    source: HostnameSource | undefined,
): Promise<string> {
    const { endpoint, hint } = await detectOrigin(context, hostname);
    if (endpoint !== undefined) return endpoint;
    await refuseTaken(context, hostname, asked, source); // no origin would help there
    throw new Problem(
        "invalid-input",
        `origin is missing and ${hostname} does not resolve to one${hint && `: ${hint}`}`,
        {
            property: "origin",
            remedy: "Name the address of the origin",
        },
    );
}

interface SiteRequest {
    /** Of the application, not of its hostname. */
    claim?: StoredClaim | null;
    /** The place that has the hostname now, if it is to be taken. */
    source?: HostnameSource;
}

/** Writes the rows of a new application with Production and its hostname; content follows from the outbox. */
export async function insertSite(
    context: Context,
    transaction: Database,
    author: Author,
    hostname: string,
    { claim = null, source }: SiteRequest = {},
) {
    const { accountId } = author;
    const environment = await insertSiteRows(transaction, accountId, hostname, productionName, claim);
    const { application_id } = environment;
    const owner = { account_id: accountId, application_id, environment_id: environment.id };
    const taken = await takeHostname(context, transaction, hostname, source, receiverOf(environment));
    if (taken === undefined) await attachHostname(context, transaction, { hostname, ...owner });
    await noteChange(transaction, author, "application.create", {
        thing: { application_id },
        to: hostname,
    });
    return { accountId, applicationId: application_id, environmentId: environment.id, taken };
}

/** Writes the rows of a new application; the outbox does the rest. */
export async function startApplication(
    context: Context,
    transaction: Database,
    author: Author,
    { hostname, ...plan }: ApplicationPlan,
    request: SiteRequest,
): Promise<Effects["create-application"]> {
    return { ...(await insertSite(context, transaction, author, hostname, request)), branch: productionName, ...plan };
}

/** Holds the account and refuses one application more than it may have. */
export async function requireRoom(context: Context, transaction: Database, accountId: number): Promise<void> {
    const { options } = context;
    const account = await lockAccount(transaction, accountId);
    const most = account?.application_limit ?? (options.applicationLimit || Number.POSITIVE_INFINITY);
    const { applications, keptBytes } = await measureAccount(transaction, accountId);
    if (applications >= most) throw makeSystemLimit("applicationLimit", most);
    refuseFull(context, keptBytes);
}

export async function listApplications({ store }: Context, { accountId }: Member): Promise<ApplicationRow[]> {
    return listApplicationRows(store.database, accountId);
}

/** The row of an application, or `not-found`. */
export async function requireApplication(
    database: Database,
    { accountId }: Member,
    applicationId: number,
): Promise<ApplicationRow> {
    const application = await findApplication(database, accountId, applicationId);
    if (application === undefined)
        throw new Problem("not-found", `there is no application ${applicationId} in account ${accountId}`);
    return application;
}

export async function getApplication(
    { store }: Context,
    member: Member,
    applicationId: number,
): Promise<ApplicationRow> {
    return requireApplication(store.database, member, applicationId);
}

/** Makes an application. v1 wants its origin or its stack beside the hostname. */
export async function createApplication(
    context: Context,
    member: Member,
    request: ApplicationRequest,
): Promise<ApplicationView> {
    const { accountId } = member;
    const source = await findSource(context, member, request.takesFrom);
    if (request.origin === undefined && request.stackName === undefined) {
        await refuseTaken(context, requireSite(context, request.hostname, "hostname"), request.hostname, source);
        throw new Problem("invalid-input", "the body needs origin or stackName beside hostname");
    }
    const plan = await planApplication(context, request, source);
    const claim = stampClaim(context, request.claim);
    const decide = () =>
        decideWithEffect(context, "create-application", async (transaction) => {
            if (source !== undefined) await lockBoth(transaction, accountId, source);
            await requireRoom(context, transaction, accountId);
            return startApplication(context, transaction, member, plan, { claim, source });
        });
    const isUnsettled = () => isHostnameUnsettled(context.store.database, accountId, plan.hostname);
    const { applicationId } = await decide()
        .catch(async (error) => {
            if (!isTaken(error, hostnameConstraint) || !(await isUnsettled())) throw error;
            await whenSettled(context, plan.hostname, isUnsettled);
            return decide();
        })
        .catch((error) => Promise.reject(takenAsProblem(error, request.hostname)));
    return {
        id: applicationId,
        account_id: accountId,
        name: plan.hostname,
        path_prefix: "/",
        claim,
    };
}

/**
 * Deletes an application with its repository, environments, domains and their records in hosted zones; its hostnames,
 * or the prefix it was split off with, are free at once. One that others are split from stays.
 */
export async function deleteApplication(
    context: Context,
    member: Member,
    applicationId: number,
    toDelete?: ExpectedClaim,
): Promise<void> {
    const { accountId } = member;
    await whenSettled(context, `an application split from application ${applicationId}`, async () =>
        (await listFamily(context.store.database, accountId, applicationId)).some(
            ({ root_id, state }) => root_id === applicationId && state !== "ready",
        ),
    );
    await decideWithEffect(context, "delete-application", async (transaction) => {
        await lockAccount(transaction, accountId);
        const application = await requireApplication(transaction, member, applicationId);
        const held = { what: `application ${applicationId}`, claim: application.claim, container: { applicationId } };
        await refuseHeld(transaction, accountId, held, toDelete);
        const children = (await listFamily(transaction, accountId, applicationId)).filter(
            ({ root_id }) => root_id === applicationId,
        );
        if (children.length > 0) {
            const names = children.map(({ id, name }) => `${name} (${id})`).join(", ");
            throw new Problem(
                "application-has-children",
                `${names} ${children.length === 1 ? "is" : "are"} split from application ${applicationId}`,
            );
        }
        await moveApplication(transaction, accountId, applicationId, "ready", "deleting");
        if (application.root_id === null) await detachHostnames(context, transaction, accountId, { applicationId });
        await noteChange(transaction, member, "application.delete", {
            thing: { application_id: applicationId },
            from: application.name,
        });
        return { accountId, applicationId };
    });
}

/** True when a hostname is the one that names the application. */
export function namesApplication(application: Pick<ApplicationRow, "name">, hostname: string): boolean {
    return normaliseHostname(application.name) === hostname;
}

/** Refuses a change of a thing that only the root of split applications has; `what` names it. */
export function refuseSplit({ id, root_id }: ApplicationRow, what: string): void {
    if (root_id === null) return;
    throw new Problem(
        "shared-by-root",
        `application ${id} is split from application ${root_id} and shares its ${what}`,
        {
            remedy: `Do it at application ${root_id}`,
        },
    );
}
