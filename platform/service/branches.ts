import { Problem } from "section-model";
import {
    type BranchFiles,
    type BranchRules,
    type BranchVerdict,
    type ContentProblem,
    checkBranch,
} from "section-model/content";
import type { Member } from "../auth/caller";
import { imageExists } from "../catalogue/images";
import type { Branch } from "../git/branch";
import type { FileChanges, Head } from "../git/repositories";
import type { EnvironmentRow } from "../store/database";
import { type Context, signatureOf } from "./context";
import { recordDeployments } from "./deployments";
import { requireEnvironment } from "./environments";

/** An environment of an application. */
export interface BranchPlace {
    applicationId: number;
    environment: string;
}

const shownReasons = 20;

/** An environment's row with its branch, as both are now. */
export async function openEnvironment(
    context: Context,
    member: Member,
    { applicationId, environment }: BranchPlace,
): Promise<{ row: EnvironmentRow; branch: Branch }> {
    const row = await requireEnvironment(context.store.database, member, applicationId, environment);
    const branch = await context.repositories.branch({ accountId: member.accountId, applicationId }, environment);
    if (branch === undefined) throw new Problem("not-found", `branch ${environment} does not exist`);
    return { row, branch };
}

/** The answer that a push of an environment with this content would get. */
export function checkContent(
    { compileVcl }: Pick<Context, "compileVcl">,
    content: BranchFiles,
    environment: string,
    payloadExists?: BranchRules["payloadExists"],
): Promise<BranchVerdict> {
    return checkBranch(content, { branch: environment, isEnvironment: true, imageExists, payloadExists, compileVcl });
}

function refusal(problems: readonly ContentProblem[]): Problem {
    const reasons = problems.slice(0, shownReasons).map(({ message }) => message.replace(/\.$/, ""));
    return new Problem("push-refused", reasons.join("\n"), {
        remedy: "Nothing was changed: correct the content and send it again",
    });
}

/**
 * Refuses changes that a push would be refused for. Problems from before are no reason: blocking an address must work
 * even when a proxy has problems.
 */
async function refuseProblems(
    context: Context,
    branch: Branch,
    changes: FileChanges,
    environment: string,
): Promise<void> {
    const { problems } = await checkContent(context, await branch.with(changes), environment);
    if (problems.length === 0) return;
    const before = new Set(
        (await checkContent(context, await branch.with(new Map()), environment)).problems.map(({ message }) => message),
    );
    const brought = problems.filter(({ message }) => !before.has(message));
    if (brought.length > 0) throw refusal(brought);
}

/**
 * Changes files of an environment as one commit of the caller, in turn with every other writer. A change that brings a
 * new problem is refused in the words of a push; `undefined` or no difference makes no commit.
 */
export async function editBranch(
    context: Context,
    member: Member,
    { applicationId, environment }: BranchPlace,
    message: string,
    edit: (branch: Branch) => Promise<FileChanges | undefined>,
): Promise<Head> {
    const key = { accountId: member.accountId, applicationId };
    await requireEnvironment(context.store.database, member, applicationId, environment);
    let before: string | undefined;
    const head = await context.repositories.edit(
        key,
        environment,
        { author: signatureOf(member.caller), message },
        async (branch) => {
            before = branch.head.commit;
            const changes = await edit(branch);
            if (changes !== undefined) await refuseProblems(context, branch, changes, environment);
            return changes;
        },
    );
    if (head.commit !== before)
        await recordDeployments(context, member, applicationId, [{ branch: environment, before, after: head.commit }]);
    return head;
}
