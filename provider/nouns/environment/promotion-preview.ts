import {
    type AllBranches,
    type BranchAddress,
    type CommitRange,
    type FileChange,
    type FileEdits,
    withAllBranches,
} from "section-client";
import { promotedLine } from "./commit-message";
import { refuseUnknown, sayCommit } from "./conflict";
import { type FileLines, type IsSecret, showLines } from "./promoted-lines";
import { findPromotedOver } from "./promotion";
import { changedWith } from "./promotion-content";

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

/** The property of a preview's inputs with the lines that go live, by file. */
export const promotedLinesProperty = "__promotedLines";

export type PromotedLines = Record<string, FileLines>;

export interface ForeseenPromotion {
    change: PromotionChange;
    lines: PromotedLines;
    promotedOver: string;
}

const namedFiles = 50;

function nameCommits(...differences: readonly CommitRange[]): string[] {
    const named = differences.flatMap(({ commits }) => commits).map(sayCommit);
    const more = differences.reduce((sum, { count }) => sum + count, 0) - named.length;
    return more > 0 ? [...named, `and ${more} more`] : named;
}

function nameSome(changes: readonly FileChange[]): string[] {
    const named = changes.slice(0, namedFiles).map(({ kind, path }) => `${kind} ${path}`);
    const more = changes.length - named.length;
    return more > 0 ? [...named, `and ${more} more`] : named;
}

/** Compares with the commit that was promoted last; before the first promotion, with the branch. */
async function nameChange(
    branches: AllBranches,
    target: string,
    changes: readonly FileChange[],
): Promise<PromotionChange> {
    const onto = branches.head.commit;
    const promotion = await branches.newestWith(promotedLine);
    const last = promotion && (await branches.trailer(promotion, promotedLine));
    const isComparable = promotion !== undefined && last !== undefined && (await branches.has(last));
    const base = isComparable ? last : onto;
    const [comes, goes, besides] = await Promise.all([
        branches.between(base, target),
        branches.between(target, base, { isContent: true }),
        isComparable ? branches.between(promotion, onto, { isContent: true }) : { commits: [], count: 0 },
    ]);
    return {
        onto,
        commits: nameCommits(comes),
        takenBack: nameCommits(besides, goes),
        files: nameSome(changes),
    };
}

/** The files that a declaration writes over the commit. */
type PlanOver = (branches: AllBranches) => Promise<FileEdits>;

/** The changes that promoting a commit would make. */
export function foreseePromotion(
    address: BranchAddress,
    target: string,
    { isSecret = () => false, planOver }: { isSecret?: IsSecret; planOver?: PlanOver } = {},
): Promise<ForeseenPromotion> {
    return withAllBranches(address, async (branches) => {
        await refuseUnknown(branches, target);
        const onto = branches.head.commit;
        const edits = (await planOver?.(branches)) ?? new Map();
        const changes = await changedWith(branches, onto, target, edits);
        const change = await nameChange(branches, target, changes);
        const promotedOver = await findPromotedOver(branches);
        const lines = await showLines(branches, [onto, target], changes.slice(0, namedFiles), isSecret, edits);
        return { change, lines, promotedOver };
    });
}

/** A file that changes, as `files` of the change names it, and its lines. */
function describeFile(named: string, lines: PromotedLines): string[] {
    const { diff, note } = lines[named.replace(/^\w+ /, "")] ?? {};
    return [
        `  file: ${named}${note === undefined ? "" : ` (${note})`}`,
        ...(diff === undefined ? [] : diff.split("\n").map((line) => `    ${line}`)),
    ];
}

/** Lines about the change, for a person who reads a preview without its details. */
export function describePromotion(
    subject: string,
    target: string,
    { commits, takenBack, files }: PromotionChange,
    lines: PromotedLines = {},
): string[] {
    if (files.length === 0)
        return [`${subject} has no content changes: it has the content of ${target.slice(0, 10)} already`];
    return [
        `${subject} gets the content of ${target.slice(0, 10)}`,
        ...commits.map((line) => `  goes live: ${line}`),
        ...takenBack.map((line) => `  is taken back: ${line}`),
        ...files.flatMap((named) => describeFile(named, lines)),
    ];
}
