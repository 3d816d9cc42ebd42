import { Problem } from "section-model";
import type { Member } from "../auth/caller";
import type { Head } from "../git/repositories";
import { type Commit, listBranchesWith, readCommit } from "../git/views/commits";
import { type Difference, readDifference } from "../git/views/difference";
import { readPromotion } from "../git/views/promotion";
import { listEnvironmentRows } from "../store/environments";
import { getApplication } from "./applications";
import { type Context, repositoryOf } from "./context";
import { getHead } from "./environments";

export interface CommitView {
    commit: Commit;
    /** The environments that have it in their history. */
    environments: string[];
    /** From its first parent, or from nothing. */
    difference: Difference;
}

export interface PromotionView {
    difference: Difference;
    /** The commit that would be promoted. */
    promoted: Head;
}

/** A commit of an application, its changes and the environments that have it. */
export async function getCommit(
    context: Context,
    member: Member,
    applicationId: number,
    oid: string,
): Promise<CommitView> {
    const key = repositoryOf(member, applicationId);
    const { store, repositories } = context;
    await getApplication(context, member, applicationId);
    const commit = await readCommit(repositories, key, oid);
    if (commit === undefined)
        throw new Problem("not-found", `there is no commit ${oid} in application ${applicationId}`);
    const [parent] = commit.parents;
    const before = parent === undefined ? undefined : (await readCommit(repositories, key, parent))?.tree;
    const [environments, branches, difference] = await Promise.all([
        listEnvironmentRows(store.database, member.accountId, applicationId),
        listBranchesWith(repositories, key, oid),
        readDifference(repositories, key, { before, after: commit.tree }),
    ]);
    return {
        commit,
        environments: environments.map(({ name }) => name).filter((name) => branches.includes(name)),
        difference,
    };
}

/** The changes that a promotion of what `from` is now would make in `to`. */
export async function compareEnvironments(
    context: Context,
    member: Member,
    applicationId: number,
    from: string,
    to: string,
): Promise<PromotionView> {
    const [promoted, head] = await Promise.all([
        getHead(context, member, applicationId, from),
        getHead(context, member, applicationId, to),
    ]);
    const key = repositoryOf(member, applicationId);
    return { difference: await readPromotion(context.repositories, key, promoted, { name: to, head }), promoted };
}
