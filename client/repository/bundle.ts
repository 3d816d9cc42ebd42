import type { BranchAddress } from "./checkout";
import { withClone } from "./clone";

/** Writes all branches of a repository, with their history, into one git bundle. Only reads the repository. */
export async function bundleBranches(address: BranchAddress, file: string): Promise<void> {
    await withClone(address, ["--bare"], (git) => git.raw(["bundle", "create", file, "--branches"]));
}
