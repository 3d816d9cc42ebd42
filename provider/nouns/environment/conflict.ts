import type { AllBranches, Checkout, Signature } from "section-client";
import { Problem } from "section-model";
import { authorOfCommit, sayAuthor } from "../../history/author";
import { printableLine } from "../../run/printable-text";
import { isSame } from "../../run/properties";
import { foreignFiles, observeRemembered, type RememberedContent } from "./content";
import type { OwnPast } from "./own-past";
import { changedContent } from "./promotion-content";

export const sayCommit = (signature: Signature) => sayAuthor(authorOfCommit(signature));
const short = (commit: string) => commit.slice(0, 10);

/** The move of a branch in words, for a sentence that begins with who moved it. */
export const sayMove = (branch: string, from: string, to: string) =>
    `moved branch ${branch} from ${short(from)} to ${short(to)}`;

/** What is known of a branch that has moved. */
interface KnownMove extends OwnPast {
    /** The origin's address that the Application of the same program declares, and writes to the branch. */
    siteOrigin?: string;
}

/** True for the content that was last seen, and for an origin that has got the address of its Application since. */
function isAsSeen(
    kind: keyof RememberedContent,
    { [kind]: observed }: RememberedContent,
    before: RememberedContent,
    siteOrigin: string | undefined,
): boolean {
    if (isSame(observed, before[kind])) return true;
    return kind === "origin" && siteOrigin !== undefined && isSame(observed, { ...before.origin, address: siteOrigin });
}

/**
 * Stops when somebody else changed managed content since it was last seen. Other changes are kept and built upon.
 *
 * @param past who moved the branch since
 */
export async function refuseConflict(
    branch: string,
    checkout: Checkout,
    wanted: RememberedContent,
    before: RememberedContent & { head?: string },
    { isOwn, foreign, siteOrigin }: KnownMove,
): Promise<void> {
    if (isOwn || before.head === undefined || checkout.head.commit === before.head) return;
    const observed = await observeRemembered(checkout, branch, before);
    const kinds = Object.keys(observed) as (keyof RememberedContent)[];
    const contested = kinds.filter(
        (kind) => !isAsSeen(kind, observed, before, siteOrigin) && !isSame(observed[kind], wanted[kind]),
    );
    const declared = { ...before.files, ...wanted.files };
    const isTakenOver = wanted.ownership === "complete" && before.ownership !== "complete";
    const taken = isTakenOver ? foreignFiles(checkout, (path) => Object.hasOwn(declared, path)) : [];
    if (contested.length === 0 && taken.length === 0) return;
    const files = (["files", "undeclared"] as const).flatMap((kind) => {
        const [seen = {}, there = {}] = [before[kind], observed[kind]];
        return contested.includes(kind)
            ? Object.keys({ ...seen, ...there }).filter((path) => seen[path] !== there[path])
            : [];
    });
    const things = [...contested.filter((kind) => kind !== "files" && kind !== "undeclared"), ...files, ...taken].join(
        ", ",
    );
    const who = sayCommit(foreign ?? (await checkout.describeHead()));
    throw new Problem(
        "head-moved",
        printableLine(`${who} ${sayMove(branch, before.head, checkout.head.commit)} and changed ${things}`),
    );
}

/** Stops when the content that a promotion would replace was changed by somebody else since it was last seen. */
export async function refuseMovedContent(
    branches: AllBranches,
    branch: string,
    seen: string | undefined,
    target: string,
): Promise<void> {
    const { commit } = branches.head;
    if (seen === undefined || seen === commit) return;
    const isKnown = await branches.has(seen);
    const files = isKnown ? await changedContent(branches, seen, commit) : [];
    if (isKnown && files.length === 0) return;
    // the change is there already: an earlier run lost the reply
    if ((await changedContent(branches, commit, target)).length === 0) return;
    const commits = isKnown ? (await branches.between(seen, commit)).commits : [await branches.describe(commit)];
    const [newest, ...older] = commits.map(sayCommit);
    const what = isKnown ? `changed ${files.map(({ path }) => path).join(", ")}` : "rewrote its history";
    throw new Problem("head-moved", printableLine(`${newest} ${sayMove(branch, seen, commit)} and ${what}`), {
        lines: older.map((line) => `before that: ${line}`),
    });
}

/** The problem of a commit that no branch has. It names the commits that the branches are at. */
export async function makeUnknown(branches: AllBranches, commit: string): Promise<Problem> {
    const places = (await branches.list()).map((head) => printableLine(`${head.branch} is at ${sayCommit(head)}`));
    return new Problem(
        "head-moved",
        `commit ${short(commit)} is in no branch of this repository: ${places.join("; ")}`,
        {
            remedy: "Name a commit that `pulumi-section history` lists, or run `pulumi refresh` when somebody rewrote the branch it was in",
            property: "promote",
        },
    );
}

/** Refuses a commit that no branch has. */
export async function refuseUnknown(branches: AllBranches, commit: string): Promise<void> {
    if (!(await branches.has(commit))) throw await makeUnknown(branches, commit);
}
