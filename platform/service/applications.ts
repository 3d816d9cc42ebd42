import { hostnameSchema, issuesOf, normaliseHostname, Problem, type Proxy, productionName } from "section-model";
import type { Member } from "../auth/caller";
import { defaultStackName, findStack } from "../catalogue/stacks";
import { lockAccount } from "../store/accounts";
import { countApplications, findApplication, insertApplication, listApplications as listApplicationRows, moveApplication } from "../store/applications";
import type { ApplicationRow, Database } from "../store/database";
import { deleteDomains, hostnameConstraint, insertDomain } from "../store/domains";
import { insertEnvironment } from "../store/environments";
import { isTaken } from "../store/failure";
import type { Context } from "./context";
import type { Effects } from "./effects";
import { detectOrigin } from "./origins";
import { decideWithEffect } from "./outbox";

export interface ApplicationRequest {
    hostname: string;
    origin?: string;
    stackName?: string;
}

interface ApplicationPlan {
    hostname: string;
    origin: string;
    proxychain: Proxy[];
    date: string;
}

/** The hostname in its one spelling, or `invalid-input` naming the property. */
export function requireHostname(text: string, property: string): string {
    const parsed = hostnameSchema.safeParse(text);
    if (!parsed.success) throw new Problem("invalid-input", `${property} ${JSON.stringify(text)} ${issuesOf(parsed.error)[0]?.reason}`, { property });
    return parsed.data;
}

/** Everything that has to be known before rows are written: stack, origin, time. */
export async function planApplication(context: Context, request: ApplicationRequest): Promise<ApplicationPlan> {
    const hostname = requireHostname(request.hostname, "hostname");
    const stackName = request.stackName ?? defaultStackName;
    const stack = findStack(stackName);
    if (stack === undefined) throw new Problem("unknown-stack", `there is no stack ${stackName}`);
    const origin = request.origin ?? (await detectOrigin(context, hostname));
    if (origin === undefined) {
        throw new Problem("invalid-input", `origin is missing and ${hostname} does not resolve`, {
            property: "origin",
            remedy: "Name the address of the origin",
        });
    }
    return { hostname, origin, proxychain: stack.proxychain, date: context.now().toISOString() };
}

/** Writes the rows of a new application; what follows is the outbox's. */
export async function startApplication(
    transaction: Database,
    accountId: number,
    { hostname, ...plan }: ApplicationPlan,
): Promise<Effects["create-application"]> {
    const application = await insertApplication(transaction, accountId, hostname);
    const environment = await insertEnvironment(transaction, accountId, application.id, productionName);
    await insertDomain(transaction, { hostname, account_id: accountId, application_id: application.id, environment_id: environment.id });
    return { accountId, applicationId: application.id, environmentId: environment.id, branch: productionName, ...plan };
}

/** A hostname is unique on the platform; whose it is nobody learns. `asked` is quoted as the caller wrote it. */
export function takenAsProblem(error: unknown, asked: string): unknown {
    if (!isTaken(error, hostnameConstraint)) return error;
    return new Problem("hostname-taken", `An application has already been created with domain name ${asked}`, { cause: error });
}

export async function listApplications({ store }: Context, { accountId }: Member): Promise<ApplicationRow[]> {
    return listApplicationRows(store.database, accountId);
}

export async function getApplication({ store }: Context, { accountId }: Member, applicationId: number): Promise<ApplicationRow> {
    const application = await findApplication(store.database, accountId, applicationId);
    if (application === undefined) throw new Problem("not-found", `there is no application ${applicationId} in account ${accountId}`);
    return application;
}

export async function createApplication(
    context: Context,
    { accountId }: Member,
    request: ApplicationRequest,
): Promise<Pick<ApplicationRow, "id" | "account_id" | "name">> {
    const plan = await planApplication(context, request);
    const { applicationId } = await decideWithEffect(context, "create-application", async (transaction) => {
        await lockAccount(transaction, accountId);
        if ((await countApplications(transaction, accountId)) >= context.options.applicationLimit) {
            throw new Problem("system-limit", "System limit exceeded. Contact support to increase this limit.");
        }
        return startApplication(transaction, accountId, plan);
    }).catch((error) => Promise.reject(takenAsProblem(error, request.hostname)));
    return { id: applicationId, account_id: accountId, name: plan.hostname };
}

/** Deletes an application with its repository, environments and domains; its hostnames are free at once. */
export async function deleteApplication(context: Context, { accountId }: Member, applicationId: number): Promise<void> {
    await decideWithEffect(context, "delete-application", async (transaction) => {
        if (!(await moveApplication(transaction, accountId, applicationId, "ready", "deleting"))) {
            throw new Problem("not-found", `there is no application ${applicationId} in account ${accountId}`);
        }
        await deleteDomains(transaction, accountId, { applicationId });
        return { accountId, applicationId };
    });
}

/** True when a hostname is the one that names the application. */
export function namesApplication(application: Pick<ApplicationRow, "name">, hostname: string): boolean {
    return normaliseHostname(application.name) === hostname;
}
