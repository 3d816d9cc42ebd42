import type { Branch } from "../git/branch";
import type { EnvironmentRow } from "../store/database";
import { setEnvironmentState } from "../store/environments";
import type { Context } from "./context";

/** The folder of a branch with its outage pages. */
export const outagePageFolder = "outage_pages";

/** The names of a branch's outage pages. */
export async function findOutagePages(branch: Branch): Promise<string[]> {
    return (await branch.filesIn(outagePageFolder)).filter((name) => /\.html?$/i.test(name));
}

/** A page that a commit removed is not shown any more, also when a later one brings it back. */
export async function dropRemovedPage({ store, repositories }: Context, environment: EnvironmentRow): Promise<void> {
    const { account_id: accountId, application_id: applicationId, outage_page: shown } = environment;
    if (shown === null) return;
    const branch = await repositories.branch({ accountId, applicationId }, environment.name);
    if (branch !== undefined && (await findOutagePages(branch)).includes(shown)) return;
    await setEnvironmentState(store.database, accountId, environment.id, { outage_page: null });
}
