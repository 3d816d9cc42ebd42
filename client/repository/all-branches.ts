import { sectionConfigPath } from "section-model";
import { readBranch } from "./branch-requests";
import type { AllBranches } from "./branches";
import type { BranchAddress } from "./checkout";
import { withClonedBranches } from "./cloned-branches";
import { LazyClone } from "./lazy-clone";
import { RequestedBranches } from "./requested-branches";
import { hasRequests } from "./requested-checkout";

export type { AllBranches, BranchTip, CommitRange, FileChange } from "./branches";

/**
 * Gives `work` all branches with their history: by request where the endpoint has the extension `environment.commit`,
 * else by git.
 */
export async function withAllBranches<T>(
    address: BranchAddress,
    work: (branches: AllBranches) => Promise<T>,
): Promise<T> {
    if (!hasRequests(address)) return withClonedBranches(address, work);
    const { client, place } = address.requests;
    const clone = new LazyClone(address);
    try {
        const newest = await readBranch(client, place, { files: [sectionConfigPath] });
        return await work(new RequestedBranches(address, newest, clone));
    } finally {
        await clone.close();
    }
}
