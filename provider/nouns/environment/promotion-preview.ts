import type { BranchAddress } from "section-client";
import { type AllBranches, type CommitRange, withAllBranches } from "section-client";
import { promotedLine } from "./commit-message";
import { refuseUnknown, sayCommit } from "./conflict";
import { findPromotedOver } from "./promotion";
import { changedContent } from "./promotion-content";

/** The changes by a promotion. */
export interface PromotionChange {
    /** The commit that the branch is at. */
    onto: string;
    /** Commits whose changes are added, the newest first. */
    commits: string[];
    /** Commits whose changes are taken back, the newest first. */
    takenBack: string[];
    files: string[];
}

/**
 * Promoted commit -> its change. The key makes previews show a new change as a whole, not as a difference to the last
 * one.
 */
export type GoesLive = Record<string, PromotionChange>;

export interface ForeseenPromotion {
    change: PromotionChange;
    promotedOver: string;
}

const namedFiles = 50;

function nameCommits(...differences: readonly CommitRange[]): string[] {
    const named = differences.flatMap(({ commits }) => commits).map(sayCommit);
    const more = differences.reduce((sum, { count }) => sum + count, 0) - named.length;
    return more > 0 ? [...named, `and ${more} more`] : named;
}

function nameSome(files: readonly string[]): string[] {
    return files.length > namedFiles
        ? [...files.slice(0, namedFiles), `and ${files.length - namedFiles} more`]
        : [...files];
}

/** Compares with the commit that was promoted last; before the first promotion, with the branch. */
async function nameChange(branches: AllBranches, target: string): Promise<PromotionChange> {
    const onto = branches.head.commit;
    const promotion = await branches.newestWith(promotedLine);
    const last = promotion && (await branches.trailer(promotion, promotedLine));
    const isComparable = promotion !== undefined && last !== undefined && (await branches.has(last));
    const base = isComparable ? last : onto;
    const [comes, goes, besides, changes] = await Promise.all([
        branches.between(base, target),
        branches.between(target, base, { isContent: true }),
        isComparable ? branches.between(promotion, onto, { isContent: true }) : { commits: [], count: 0 },
        changedContent(branches, onto, target),
    ]);
    return {
        onto,
        commits: nameCommits(comes),
        takenBack: nameCommits(besides, goes),
        files: nameSome(changes.map(({ kind, path }) => `${kind} ${path}`)),
    };
}

/** The changes that promoting a commit would make. */
export function foreseePromotion(address: BranchAddress, target: string): Promise<ForeseenPromotion> {
    return withAllBranches(address, async (branches) => {
        await refuseUnknown(branches, target);
        return { change: await nameChange(branches, target), promotedOver: await findPromotedOver(branches) };
    });
}

/** Lines about the change, for a person who reads a preview without its details. */
export function describePromotion(
    subject: string,
    target: string,
    { commits, takenBack, files }: PromotionChange,
): string[] {
    if (files.length === 0) return [`${subject} has the content of ${target.slice(0, 10)} already`];
    return [
        `${subject} gets the content of ${target.slice(0, 10)}`,
        ...commits.map((line) => `  goes live: ${line}`),
        ...takenBack.map((line) => `  is taken back: ${line}`),
        ...files.map((line) => `  file: ${line}`),
    ];
}
