import type { Checkout, PastCommit } from "section-client";
import { isMadeByStack, isMadeFor, type Maker, overLine, promotedLine, trailerOf } from "./commit-message";
import { isPlatformFile } from "./content";

/** What earlier runs did to a branch for this declaration, and the state does not know. */
export interface OwnPast {
    /** True when the branch moved since the known commit by such commits alone. */
    isOwn: boolean;
    /** Files that they changed: to be removed where they are no longer declared. */
    files: string[];
    /** The commit to restore when they promoted another one that is no longer promoted. */
    promotedOver?: string;
    /** The newest commit of somebody else since the known one. */
    foreign?: PastCommit;
}

export interface OwnPastQuestion {
    maker: Maker | undefined;
    /** The address of the token's user. */
    email: string;
    /** The commit that the state remembers. */
    known: string | undefined;
}

/**
 * True when not only killed runs of this stack moved a branch since a commit that the state knows, but somebody else as
 * well.
 */
export async function isMovedByOthers(
    checkout: Checkout,
    { stack, email, known }: { stack: string; email: string; known: string },
): Promise<boolean> {
    const isEnd = (each: PastCommit) => each.id === known || !isMadeByStack(stack, email, each);
    const head = await checkout.describeHead();
    const last = isEnd(head) ? head : (await checkout.listPast(isEnd)).at(-1);
    return last?.id !== known;
}

const isPromotion = ({ message }: PastCommit) => trailerOf(message, promotedLine) !== undefined;

/** Path by path, what differs from an earlier commit. */
async function findChanged(checkout: Checkout, since: string): Promise<string[]> {
    const before = await checkout.filesAt(since);
    const paths = new Set([...before.keys(), ...checkout.files.keys()]);
    return [...paths].filter((path) => before.get(path) !== checkout.files.get(path) && !isPlatformFile(path));
}

/**
 * Looks for commits of runs that were killed before their state was saved. They were made for the same declaration, by
 * the same user. Where the state knows no commit, configured files count, back to the first commit of another kind.
 */
export async function findOwnPast(checkout: Checkout, { maker, email, known }: OwnPastQuestion): Promise<OwnPast> {
    const nothing: OwnPast = { isOwn: false, files: [] };
    if (maker === undefined || checkout.head.commit === known) return nothing;
    const isOwn = (each: PastCommit) => isMadeFor(maker, email, each);
    const isEnd = (each: PastCommit) => each.id === known || !isOwn(each) || (known === undefined && isPromotion(each));
    const head = await checkout.describeHead();
    if (isEnd(head)) return { ...nothing, ...(!isOwn(head) && { foreign: head }) };
    const past = await checkout.listPast(isEnd);
    const last = past.at(-1);
    if (last === undefined || !isEnd(last)) return nothing;
    if (known === undefined) return { isOwn: false, files: await findChanged(checkout, last.id) };
    if (last.id !== known) return { ...nothing, foreign: last };
    const promotion = [head, ...past.slice(0, -1)].find(isPromotion);
    if (promotion === undefined) return { isOwn: true, files: await findChanged(checkout, known) };
    const promotedOver = trailerOf(promotion.message, overLine);
    return { isOwn: true, files: [], ...(promotedOver !== undefined && { promotedOver }) };
}
