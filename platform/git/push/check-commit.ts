import { type BranchVerdict, checkBranch } from "section-model/content";
import type { ObjectFacts } from "../objects/object-format";
import { listTree, mostEntries, type TreeReader } from "../objects/tree-edit";
import { isDeployed, type PushRules } from "./push-policy";

/** The objects that a commit may refer to, wherever they are. */
export interface CheckedObjects extends TreeReader {
    facts(oid: string): Promise<ObjectFacts | undefined>;
}

/** Files and folders that the commits of one push may still have in all. */
export interface EntryBudget {
    left: number;
}

/**
 * Checks the content of a commit for a branch, before it is one.
 *
 * @param received the bytes that arrived with it
 * @param budget is used up; default: that of one commit
 */
export async function checkCommit(
    objects: CheckedObjects,
    branch: string,
    commit: string,
    { rules, received, budget = { left: mostEntries } }: { rules: PushRules; received: number; budget?: EntryBudget },
): Promise<BranchVerdict> {
    const tree = (await objects.read(commit)).data.toString("latin1", 5, 45);
    const files = await listTree(objects, tree, Math.min(mostEntries, budget.left));
    budget.left -= files.length;
    const oids = new Map(files.map(({ path, oid }) => [path, oid]));
    const content = {
        files,
        received,
        size: async (path: string) => (await objects.facts(oids.get(path) as string))?.size ?? 0,
        read: async (path: string) => (await objects.read(oids.get(path) as string)).data,
    };
    return checkBranch(content, { ...rules, branch, isEnvironment: isDeployed(branch, rules) });
}
