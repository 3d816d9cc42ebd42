import { cnameTarget, Problem } from "section-model";
import type { Member } from "../auth/caller";
import type { Database, DomainRow } from "../store/database";
import { deleteDomain, findDomain, hostnameConstraint, insertDomain, listDomains, setEngaged } from "../store/domains";
import { isTaken } from "../store/failure";
import { getApplication, namesApplication, requireHostname } from "./applications";
import type { Context } from "./context";
import { type EnvironmentView, getEnvironment, requireEnvironment } from "./environments";
import { followAliases, resolveAddresses } from "./origins";

/** Beyond this many, verifying in one request would keep the caller waiting for DNS. */
const verifiedAtOnce = 10;

/** Refuses a hostname that another environment of the account has, naming it. */
export async function refuseAttached(database: Database, accountId: number, hostname: string): Promise<void> {
    const domain = await findDomain(database, accountId, hostname);
    if (domain === undefined) return;
    throw new Problem(
        "domain-elsewhere",
        `${hostname} is attached to environment ${domain.environment_name} of application ${domain.application_id} in account ${accountId}`,
    );
}

/** A hostname that somebody else has: whose it is nobody learns. */
export function foreignDomainAsProblem(error: unknown, asked: string): unknown {
    return isTaken(error, hostnameConstraint) ? new Problem("domain-elsewhere", `${asked} is in use on this platform`, { cause: error }) : error;
}

/**
 * Attaches a hostname to an environment; one that is attached there already is fine.
 *
 * @param together what is done in the same transaction
 */
export async function addDomain(
    context: Context,
    member: Member,
    applicationId: number,
    environmentName: string,
    text: string,
    together: (transaction: Database) => Promise<void> = async () => {},
): Promise<EnvironmentView> {
    const hostname = requireHostname(text, "hostName");
    const { accountId } = member;
    await context.store
        .transact(async (transaction) => {
            const environment = await requireEnvironment(transaction, member, applicationId, environmentName);
            const domain = await findDomain(transaction, accountId, hostname);
            if (domain?.environment_id !== environment.id) {
                await refuseAttached(transaction, accountId, hostname);
                await insertDomain(transaction, { hostname, account_id: accountId, application_id: applicationId, environment_id: environment.id });
            }
            await together(transaction);
        })
        .catch((error) => Promise.reject(foreignDomainAsProblem(error, text)));
    return getEnvironment(context, member, applicationId, environmentName);
}

/** Detaches a hostname. The one that names the application stays as long as the application. */
export async function removeDomain(context: Context, member: Member, applicationId: number, environmentName: string, text: string): Promise<EnvironmentView> {
    const hostname = requireHostname(text, "hostName");
    const application = await getApplication(context, member, applicationId);
    if (namesApplication(application, hostname)) {
        throw new Problem("domain-names-application", `${hostname} is the hostname of application ${applicationId} itself`);
    }
    await context.store.transact(async (transaction) => {
        const environment = await requireEnvironment(transaction, member, applicationId, environmentName);
        const domain = await findDomain(transaction, member.accountId, hostname);
        if (domain?.environment_id !== environment.id)
            throw new Problem("not-found", `${hostname} is not attached to environment ${environmentName} of application ${applicationId}`);
        await deleteDomain(transaction, member.accountId, hostname);
    });
    return getEnvironment(context, member, applicationId, environmentName);
}

/** True when the DNS leads to the platform now: by an alias, or at an apex by the same addresses. */
async function isEngagedNow(context: Context, hostname: string): Promise<boolean> {
    const target = cnameTarget(hostname, context.options.edgeDomain);
    if ((await followAliases(context, hostname)).includes(target)) return true;
    const [own, edge] = await Promise.all([resolveAddresses(context, hostname), resolveAddresses(context, target)]);
    return own.length > 0 && own.every((address) => edge.includes(address));
}

async function verify(context: Context, { accountId }: Member, domains: readonly DomainRow[]): Promise<Record<string, boolean>> {
    const found: Record<string, boolean> = {};
    await Promise.all(
        domains.map(async ({ hostname, engaged }) => {
            const now = await isEngagedNow(context, hostname);
            found[hostname] = now;
            if (now !== engaged) await setEngaged(context.store.database, accountId, hostname, now);
        }),
    );
    return found;
}

/** Asks the DNS about one hostname and keeps the answer. */
export async function verifyDomain(context: Context, member: Member, text: string): Promise<Record<string, boolean>> {
    const domain = await findDomain(context.store.database, member.accountId, requireHostname(text, "hostName"));
    if (domain === undefined) throw new Problem("not-found", `account ${member.accountId} has no domain ${text}`);
    return verify(context, member, [domain]);
}

/** Asks the DNS about every hostname of an application, or of one of its environments. */
export async function verifyDomains(context: Context, member: Member, applicationId: number, environmentName?: string): Promise<Record<string, boolean>> {
    await getApplication(context, member, applicationId);
    const { database } = context.store;
    const environment = environmentName === undefined ? undefined : await requireEnvironment(database, member, applicationId, environmentName);
    const domains = await listDomains(database, member.accountId, { applicationId, ...(environment && { environmentId: environment.id }) });
    if (domains.length > verifiedAtOnce) {
        throw new Problem("too-many-domains", `${domains.length} domains cannot be verified at once`, {
            remedy: "Use the single-domain API instead: GET /account/ID/domain/HOST/verifyEngaged",
        });
    }
    return verify(context, member, domains);
}

/** The last known state of an environment: live when any of its hostnames is. */
export async function isEnvironmentEngaged(context: Context, member: Member, applicationId: number, environmentName: string): Promise<boolean> {
    const { domains } = await getEnvironment(context, member, applicationId, environmentName);
    return domains.some(({ engaged }) => engaged);
}
