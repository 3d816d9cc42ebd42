import { shortestCommit } from "section-model";
import { type Memory, Slot } from "../../run/memory";
import type { Properties } from "../../run/properties";
import { hasUnknown } from "../../run/unknown";

/** The id of an environment that this operation makes or changes -> the commit that it had before, if there was any. */
const headsBefore = new Slot(() => new Map<string, string | undefined>());

/** Remembers the commit of an environment before this operation changes it. A repeated attempt changes nothing. */
export function noteHeadBefore(memory: Memory, id: string, head: string | undefined): void {
    const heads = memory.of(headsBefore);
    if (!heads.has(id)) heads.set(id, head);
}

/** The value of `seenHead` of an Environment: its id, and the commit that it is at in the end. */
interface SeenHead {
    environment?: unknown;
    head?: unknown;
}

const isSeenHead = (value: unknown): value is SeenHead =>
    typeof value === "object" && value !== null && "environment" in value && "head" in value;

/**
 * The commit of an environment as the operation found it, for a promotion that waits until it was seen there. An object
 * stands for a commit that only the platform knows.
 *
 * @param promoted the commit that is promoted now
 */
function settleSeenHead({ environment, head }: SeenHead, promoted: unknown, memory: Memory): unknown {
    const kept = promoted ?? {};
    // a preview makes no environment, and an `up` with targets leaves some out
    if (typeof environment !== "string" || hasUnknown(environment) || head === undefined) return kept;
    if (hasUnknown(head)) return { environment };
    const heads = memory.of(headsBefore);
    return heads.has(environment) ? (heads.get(environment) ?? kept) : head;
}

/**
 * The declaration with the commit to promote, as far as it follows from the state and this operation. A short id stays
 * the commit that it was first found to be.
 */
export function settlePromote(news: Properties, { promote: promoted }: Properties, memory: Memory): Properties {
    const { promote } = news;
    if (isSeenHead(promote)) return { ...news, promote: settleSeenHead(promote, promoted, memory) };
    const isSame = typeof promote === "string" && typeof promoted === "string" && isShortFor(promote, promoted);
    return isSame ? { ...news, promote: promoted } : news;
}

const isShortFor = (short: string, whole: string) =>
    short.length >= shortestCommit && whole.startsWith(short.toLowerCase());
