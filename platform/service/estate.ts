import { mapAtMost } from "section-display";
import type { Caller } from "../auth/caller";
import type { Head } from "../git/repositories";
import { listApplicationRows } from "../store/applications";
import type { ApplicationRow, EnvironmentRow } from "../store/database";
import { listDomainRows, type NamedDomain } from "../store/domains";
import { listEnvironmentRows } from "../store/environments";
import { listMemberRows, type MemberRow } from "../store/memberships";
import { type AccountView, listAccounts } from "./accounts";
import type { Context } from "./context";

export interface EstateEnvironment {
    environment: EnvironmentRow;
    /** Its own; those of the root if the application is split from one. */
    domains: NamedDomain[];
    head: Head | undefined;
}

export interface EstateAccount {
    account: AccountView;
    /** Set when the caller may list them. */
    members?: MemberRow[];
    applications: { application: ApplicationRow; environments: EstateEnvironment[] }[];
}

const accountsAtOnce = 4;
const repositoriesAtOnce = 8;

async function describeAccount(
    { store: { database }, repositories }: Context,
    account: AccountView,
): Promise<EstateAccount> {
    const accountId = account.id;
    const [applications, environments, domains, members] = await Promise.all([
        listApplicationRows(database, accountId),
        listEnvironmentRows(database, accountId),
        listDomainRows(database, accountId),
        account.capability === "admin" ? listMemberRows(database, accountId) : undefined,
    ]);
    const described = await mapAtMost(repositoriesAtOnce, applications, async (application) => {
        const heads = await repositories.heads({ accountId, applicationId: application.id });
        const served = domains.filter(
            ({ application_id }) => application_id === (application.root_id ?? application.id),
        );
        const own = environments.filter(({ application_id }) => application_id === application.id);
        return {
            application,
            environments: own.map((environment) => ({
                environment,
                domains: served.filter(({ environment_name }) => environment_name === environment.name),
                head: heads.get(environment.name),
            })),
        };
    });
    return { account, members, applications: described };
}

/** Everything the caller can see, with domains, heads and, for an admin, people. */
export async function describeEstate(context: Context, caller: Caller): Promise<EstateAccount[]> {
    return mapAtMost(accountsAtOnce, await listAccounts(context, caller), (account) =>
        describeAccount(context, account),
    );
}
