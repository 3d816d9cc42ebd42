import { environmentNameSchema, issuesOf, type NewClaim, Problem, productionName } from "section-model";
import type { Member } from "../auth/caller";
import type { Head } from "../git/repositories";
import { lockAccount } from "../store/accounts";
import { listFamily } from "../store/applications";
import type { ApplicationRow, Database, EnvironmentRow } from "../store/database";
import { isTaken } from "../store/database-failure";
import { listDomainRows, type NamedDomain } from "../store/domains";
import {
    environmentNameConstraint,
    findEnvironment,
    findEnvironmentName,
    insertEnvironment,
    isEnvironmentUnsettled,
    listEnvironmentRows,
    listNamesakes,
    moveEnvironment,
} from "../store/environments";
import { getApplication, refuseSplit, requireApplication } from "./applications";
import { attachHostname, detachHostnames, foreignDomainAsProblem, refuseAttached } from "./attachments";
import { noteChange } from "./changes";
import { stampClaim } from "./claims";
import { type Context, repositoryOf, signatureOf } from "./context";
import type { Effects } from "./effects";
import { receiverOf, type TakenHostname } from "./hand-over";
import { findSource, lockBoth, type TakesFrom, takeHostname } from "./hostname-sources";
import { requireSite } from "./hostnames";
import { readOriginAddress } from "./origin-address";
import { decideWithEffect } from "./outbox";
import { type ExpectedClaim, refuseHeld } from "./refuse-held";
import { refuseUnsettled, whenSettled } from "./refuse-unsettled";

/** An environment with everything a summary shows. */
export interface EnvironmentView {
    environment: EnvironmentRow;
    /** Its own; those of the root if the application is split from one. */
    domains: NamedDomain[];
    head: Head | undefined;
    /** The address that requests go to directly, while the platform is bypassed. */
    bypassAddress?: string;
}

async function readBypassAddress(
    { repositories }: Context,
    { account_id, application_id, name, dns_bypassed }: EnvironmentRow,
): Promise<string | undefined> {
    return dns_bypassed
        ? readOriginAddress(repositories, { accountId: account_id, applicationId: application_id }, name)
        : undefined;
}

/** The row of an environment, or `not-found`, which names the application if that is what there is not. */
export async function requireEnvironment(
    database: Database,
    member: Member,
    applicationId: number,
    name: string,
): Promise<EnvironmentRow> {
    const { accountId } = member;
    const environment = await findEnvironment(database, accountId, applicationId, name);
    if (environment !== undefined) return environment;
    await requireApplication(database, member, applicationId);
    throw new Problem(
        "not-found",
        `there is no environment ${name} in application ${applicationId} of account ${accountId}`,
    );
}

/**
 * The name of an environment in its own spelling. Clients of v1 have sent it in any case of letters for years; names
 * differ in more than case, so that one is meant. A name that no environment has stays as it is.
 */
export async function spellEnvironment(
    { store }: Context,
    { accountId }: Member,
    applicationId: number,
    name: string,
): Promise<string> {
    if (name === productionName || !environmentNameSchema.safeParse(name).success) return name;
    return (await findEnvironmentName(store.database, accountId, applicationId, name)) ?? name;
}

export async function listEnvironments(
    context: Context,
    member: Member,
    applicationId: number,
): Promise<EnvironmentView[]> {
    const { accountId } = member;
    await getApplication(context, member, applicationId);
    const { database } = context.store;
    const [environments, domains, heads] = await Promise.all([
        listEnvironmentRows(database, accountId, applicationId),
        listDomainRows(database, accountId, { applicationId }),
        context.repositories.heads({ accountId, applicationId }),
    ]);
    return Promise.all(
        environments.map(async (environment) => ({
            environment,
            domains: domains.filter((domain) => domain.environment_name === environment.name),
            head: heads.get(environment.name),
            bypassAddress: await readBypassAddress(context, environment),
        })),
    );
}

/** The names of an application's environments: the branches that are deployed. */
export async function listEnvironmentNames(
    { store }: Context,
    { accountId }: Member,
    applicationId: number,
): Promise<string[]> {
    return (await listEnvironmentRows(store.database, accountId, applicationId)).map(({ name }) => name);
}

export async function getEnvironment(
    context: Context,
    member: Member,
    applicationId: number,
    name: string,
): Promise<EnvironmentView> {
    const { accountId } = member;
    const { database } = context.store;
    const environment = await requireEnvironment(database, member, applicationId, name);
    const [domains, head, bypassAddress] = await Promise.all([
        listDomainRows(database, accountId, { applicationId, environmentName: name }),
        context.repositories.head({ accountId, applicationId }, name),
        readBypassAddress(context, environment),
    ]);
    return { environment, domains, head, bypassAddress };
}

export interface EnvironmentRequest {
    name: string;
    /** The environment whose branch is copied. */
    from: string;
    /** The first hostname. */
    hostname: string;
    /** Of the environment itself: neither its domain nor its copies in split applications have it. */
    claim?: NewClaim;
    takesFrom?: TakesFrom;
}

/**
 * A root with the applications split from it, all of them settled: changes of its environments are changes of theirs.
 */
async function requireFamily(database: Database, member: Member, applicationId: number): Promise<ApplicationRow[]> {
    refuseSplit(await requireApplication(database, member, applicationId), "environments");
    const family = await listFamily(database, member.accountId, applicationId);
    const unsettled = family.find(({ state }) => state !== "ready");
    if (unsettled !== undefined) refuseUnsettled(unsettled.name);
    return family;
}

const sourceName = /^[A-Za-z0-9]{1,64}$/;

function unknownSource(applicationId: number, name: string): Problem {
    return new Problem(
        "invalid-input",
        `source_environment_name ${JSON.stringify(name)} is no environment of application ${applicationId}`,
        {
            property: "source_environment_name",
            remedy: "Name the environment to copy, such as Production",
        },
    );
}

/**
 * Makes an environment: a branch on top of another one's head, with a copy of that one's block. Applications split from
 * this one get it too, each from its own branch.
 */
export async function createEnvironment(
    context: Context,
    member: Member,
    applicationId: number,
    request: EnvironmentRequest,
): Promise<EnvironmentView> {
    const { accountId, caller } = member;
    const { name } = request;
    const parsed = environmentNameSchema.safeParse(name);
    if (!parsed.success)
        throw new Problem("invalid-input", `name ${JSON.stringify(name)} ${issuesOf(parsed.error)[0]?.reason}`, {
            property: "name",
        });
    if (!sourceName.test(request.from)) throw unknownSource(applicationId, request.from);
    const from = await spellEnvironment(context, member, applicationId, request.from);
    const hostname = requireSite(context, request.hostname, "domain_name");
    const exists = (id = applicationId) =>
        new Problem("environment-exists", `application ${id} has an environment or branch ${name} already`);
    const source = await findSource(context, member, request.takesFrom);
    const { database } = context.store;
    await whenSettled(context, name, () => isEnvironmentUnsettled(database, accountId, applicationId, name));
    for (const { id } of await requireFamily(database, member, applicationId))
        if ((await context.repositories.head({ accountId, applicationId: id }, name)) !== undefined) throw exists(id);
    await decideWithEffect(context, "create-environment", async (transaction) => {
        await lockBoth(transaction, accountId, source);
        if (!(await findEnvironment(transaction, accountId, applicationId, from)))
            throw unknownSource(applicationId, from);
        if (await findEnvironment(transaction, accountId, applicationId, name)) throw exists();
        const places: Effects["create-environment"]["places"] = [];
        let taken: TakenHostname | undefined;
        for (const { id } of await requireFamily(transaction, member, applicationId)) {
            const claim = id === applicationId ? stampClaim(context, request.claim) : null;
            const environment = await insertEnvironment(transaction, accountId, id, name, claim);
            places.push({ applicationId: id, environmentId: environment.id });
            if (id !== applicationId) continue;
            const owner = { account_id: accountId, application_id: id, environment_id: environment.id };
            taken = await takeHostname(context, transaction, hostname, source, receiverOf(environment));
            if (taken !== undefined) continue;
            await refuseAttached(transaction, accountId, hostname);
            await attachHostname(context, transaction, { hostname, ...owner });
        }
        await noteChange(transaction, member, "environment.create", {
            thing: { application_id: applicationId, environment_name: name },
            to: hostname,
        });
        const commit = { author: signatureOf(caller), date: context.now().toISOString() };
        return { accountId, places, name, from, taken, ...commit };
    }).catch((error) =>
        Promise.reject(
            isTaken(error, environmentNameConstraint) ? exists() : foreignDomainAsProblem(error, request.hostname),
        ),
    );
    return getEnvironment(context, member, applicationId, name);
}

/**
 * Deletes an environment with its branch and domains, in split applications too. Production goes with its application
 * only.
 */
export async function deleteEnvironment(
    context: Context,
    member: Member,
    applicationId: number,
    name: string,
    toDelete?: ExpectedClaim,
): Promise<void> {
    const { accountId } = member;
    if (name === productionName)
        throw new Problem("environment-protected", `Production of application ${applicationId} cannot be deleted`);
    await decideWithEffect(context, "delete-environment", async (transaction) => {
        await lockAccount(transaction, accountId);
        const environment = await requireEnvironment(transaction, member, applicationId, name);
        const ids = (await requireFamily(transaction, member, applicationId)).map(({ id }) => id);
        const namesakes = await listNamesakes(transaction, accountId, ids, name);
        const held = {
            what: `environment ${name} of application ${applicationId}`,
            claim: environment.claim,
            container: { environmentId: environment.id, copies: namesakes.map(({ id }) => id) },
        };
        await refuseHeld(transaction, accountId, held, toDelete);
        const places: Effects["delete-environment"]["places"] = [];
        for (const { id, application_id } of namesakes) {
            await moveEnvironment(transaction, accountId, id, "ready", "deleting");
            places.push({ applicationId: application_id, environmentId: id });
        }
        await detachHostnames(context, transaction, accountId, { environmentId: environment.id });
        await noteChange(transaction, member, "environment.delete", {
            thing: { application_id: applicationId, environment_name: name },
        });
        return { accountId, places, name };
    });
}

/** The commit an environment's branch is at. */
export async function getHead(context: Context, member: Member, applicationId: number, name: string): Promise<Head> {
    const { head } = await getEnvironment(context, member, applicationId, name);
    if (head === undefined)
        throw new Problem("internal", `environment ${name} of application ${applicationId} has no branch`);
    return head;
}

/** Commits of an environment, newest first. `before` is the last one of the page before. */
export async function listCommits(
    context: Context,
    member: Member,
    applicationId: number,
    name: string,
    page: { limit: number; before?: string },
): Promise<Head[]> {
    await requireEnvironment(context.store.database, member, applicationId, name);
    return context.repositories.commits(repositoryOf(member, applicationId), name, page);
}
