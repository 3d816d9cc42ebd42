import { environmentNameSchema, issuesOf, Problem, productionName } from "section-model";
import type { Member } from "../auth/caller";
import type { Head } from "../git/repository";
import { lockAccount } from "../store/accounts";
import type { Database, DomainRow, EnvironmentRow } from "../store/database";
import { deleteDomains, insertDomain, listDomains } from "../store/domains";
import { environmentNameConstraint, findEnvironment, insertEnvironment, listEnvironments as listEnvironmentRows, moveEnvironment } from "../store/environments";
import { isTaken } from "../store/failure";
import { getApplication, requireHostname } from "./applications";
import { type Context, signatureOf } from "./context";
import { foreignDomainAsProblem, refuseAttached } from "./domains";
import { decideWithEffect } from "./outbox";

/** An environment with everything a summary shows. */
export interface EnvironmentView {
    environment: EnvironmentRow;
    domains: DomainRow[];
    head: Head | undefined;
}

/** The row of an environment, or `not-found`. */
export async function requireEnvironment(database: Database, { accountId }: Member, applicationId: number, name: string): Promise<EnvironmentRow> {
    const environment = await findEnvironment(database, accountId, applicationId, name);
    if (environment === undefined) throw new Problem("not-found", `there is no environment ${name} in application ${applicationId} of account ${accountId}`);
    return environment;
}

export async function listEnvironments(context: Context, member: Member, applicationId: number): Promise<EnvironmentView[]> {
    const { accountId } = member;
    await getApplication(context, member, applicationId);
    const { database } = context.store;
    const [environments, domains, heads] = await Promise.all([
        listEnvironmentRows(database, accountId, applicationId),
        listDomains(database, accountId, { applicationId }),
        context.repositories.heads({ accountId, applicationId }),
    ]);
    return environments.map((environment) => ({
        environment,
        domains: domains.filter((domain) => domain.environment_id === environment.id),
        head: heads.get(environment.name),
    }));
}

/** The names of an application's environments: the branches that are deployed. */
export async function listEnvironmentNames({ store }: Context, { accountId }: Member, applicationId: number): Promise<string[]> {
    return (await listEnvironmentRows(store.database, accountId, applicationId)).map(({ name }) => name);
}

export async function getEnvironment(context: Context, member: Member, applicationId: number, name: string): Promise<EnvironmentView> {
    const { accountId } = member;
    const { database } = context.store;
    const environment = await requireEnvironment(database, member, applicationId, name);
    const [domains, head] = await Promise.all([
        listDomains(database, accountId, { environmentId: environment.id }),
        context.repositories.head({ accountId, applicationId }, name),
    ]);
    return { environment, domains, head };
}

export interface EnvironmentRequest {
    name: string;
    /** The environment whose branch is copied. */
    from: string;
    /** The first hostname. */
    hostname: string;
}

/** Makes an environment: a branch on top of another one's head, with a copy of that one's block. */
export async function createEnvironment(context: Context, member: Member, applicationId: number, request: EnvironmentRequest): Promise<EnvironmentView> {
    const { accountId, caller } = member;
    const parsed = environmentNameSchema.safeParse(request.name);
    if (!parsed.success) throw new Problem("invalid-input", `name ${JSON.stringify(request.name)} ${issuesOf(parsed.error)[0]?.reason}`, { property: "name" });
    const hostname = requireHostname(request.hostname, "domain_name");
    await getApplication(context, member, applicationId);
    const exists = new Problem("environment-exists", `application ${applicationId} has an environment or branch ${request.name} already`);
    if ((await context.repositories.head({ accountId, applicationId }, request.name)) !== undefined) throw exists;
    await decideWithEffect(context, "create-environment", async (transaction) => {
        await lockAccount(transaction, accountId);
        await requireEnvironment(transaction, member, applicationId, request.from);
        if (await findEnvironment(transaction, accountId, applicationId, request.name)) throw exists;
        await refuseAttached(transaction, accountId, hostname);
        const environment = await insertEnvironment(transaction, accountId, applicationId, request.name);
        await insertDomain(transaction, { hostname, account_id: accountId, application_id: applicationId, environment_id: environment.id });
        const author = signatureOf(caller);
        return { accountId, applicationId, environmentId: environment.id, name: request.name, from: request.from, author, date: context.now().toISOString() };
    }).catch((error) => Promise.reject(isTaken(error, environmentNameConstraint) ? exists : foreignDomainAsProblem(error, request.hostname)));
    return getEnvironment(context, member, applicationId, request.name);
}

/** Deletes an environment with its branch and domains. Production goes with its application only. */
export async function deleteEnvironment(context: Context, member: Member, applicationId: number, name: string): Promise<void> {
    const { accountId } = member;
    if (name === productionName) throw new Problem("environment-protected", `Production of application ${applicationId} cannot be deleted`);
    await decideWithEffect(context, "delete-environment", async (transaction) => {
        const environment = await requireEnvironment(transaction, member, applicationId, name);
        if (!(await moveEnvironment(transaction, accountId, environment.id, "ready", "deleting"))) {
            throw new Problem("not-found", `there is no environment ${name} in application ${applicationId} of account ${accountId}`);
        }
        await deleteDomains(transaction, accountId, { environmentId: environment.id });
        return { accountId, applicationId, environmentId: environment.id, name };
    });
}

/** The commit an environment's branch is at. */
export async function getHead(context: Context, member: Member, applicationId: number, name: string): Promise<Head> {
    const { head } = await getEnvironment(context, member, applicationId, name);
    if (head === undefined) throw new Problem("internal", `environment ${name} of application ${applicationId} has no branch`);
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
    return context.repositories.commits({ accountId: member.accountId, applicationId }, name, page);
}
