import { isProblem, type ProblemCode } from "section-model";
import type { BranchAddress, Checkout, FileEdits, Head } from "./checkout";
import { withClonedBranch } from "./cloned-checkout";
import { movedBranch } from "./push-failure";
import { commitByRequest, hasRequests, openRequestedBranch } from "./requested-checkout";

export type { BranchAddress, Checkout, FileEdits, Head, PastCommit } from "./checkout";

/** Commits with git on top of a head that was seen by request. */
function commitByGit(address: BranchAddress, seen: Head, edits: FileEdits, message: string): Promise<Head> {
    return withClonedBranch(address, async (clone) => {
        if (clone.head.commit !== seen.commit) throw movedBranch(address.branch);
        return clone.commit(edits, message);
    });
}

/** Gives `work` a branch: by request where the endpoint has the extension `environment.commit`, else by git. */
export async function withBranch<T>(address: BranchAddress, work: (checkout: Checkout) => Promise<T>): Promise<T> {
    if (!hasRequests(address)) return withClonedBranch(address, work);
    return work(
        await openRequestedBranch(address, (seen, edits, message) => commitByGit(address, seen, edits, message)),
    );
}

/** Refusals that a look at the branch may turn into a commit, or explains better. */
const needsLook: readonly ProblemCode[] = ["head-moved", "invalid-input", "body-too-large"];

/**
 * Commits on top of a known head without reading the branch. Undefined where the branch has to be read first: it has
 * moved, the edits do not fit, or the endpoint has no commits by request.
 */
export async function commitOnKnown(
    address: BranchAddress,
    head: string,
    edits: FileEdits,
    message: string,
): Promise<Head | undefined> {
    if (!hasRequests(address)) return undefined;
    return commitByRequest(address, { expected: head, edits, message }).catch((error) => {
        if (isProblem(error) && needsLook.includes(error.code)) return undefined;
        throw error;
    });
}
