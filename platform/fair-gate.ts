import { Problem } from "section-model";

/**
 * Whom a piece of work is for, the widest group first, each as its messages name it: `organization 3`, `user 7`. A user
 * in two organizations has one share, not two.
 */
export type Groups = readonly string[];

export interface FairGateOptions {
    /** The work, for people: `git requests`. */
    what: string;
    /** Pieces of work done at the same time. */
    atOnce: number;
    /** Of these, the most for one group, by its place in `Groups`. Default: all but one, so that one is for others. */
    shares?: readonly number[];
    /** Pieces that may wait for their turn; one more is refused. Default: any number. */
    waiting?: number;
    /** Of these, the most of one group, by its place in `Groups`. Default: half of them. */
    waitingShares?: readonly number[];
}

/** The places of work for members of organizations. */
export interface MemberShares {
    atOnce: number;
    /** Of these, for one organization and for one user; 0 is no limit. */
    ofOrganization: number;
    ofUser: number;
}

/** For each piece of a member's work that is done, so many may wait. */
const waitingForEach = 8;

interface Waiting {
    groups: Groups;
    begin(): void;
}

const retryAfterSeconds = 5;

/** The groups of a user who works in an organization. */
export function memberGroups(accountId: number, userId: number): Groups {
    return [`organization ${accountId}`, `user ${userId}`];
}

/**
 * Lets in a few at a time. The next turn is always for the group that has the fewest, and no group has all places: what
 * one of them asks for without end, or never finishes, leaves the turns of others alone.
 *
 * Kept libraries (p-queue, bottleneck, async-mutex) order by priority or by one key. None limits what two groups hold
 * at the same time, and looks at what they hold when a place becomes free; that rule is all of this file.
 */
export class FairGate {
    readonly #options: Required<FairGateOptions>;
    readonly #running = new Map<string, number>();
    #waiting: Waiting[] = [];
    #count = 0;

    constructor(options: FairGateOptions) {
        const { atOnce, waiting = Number.POSITIVE_INFINITY } = options;
        const most = Math.max(1, atOnce - 1);
        const half = Math.max(1, Math.floor(waiting / 2));
        this.#options = { waiting, shares: [most, most], waitingShares: [half, half], ...options };
    }

    /** Pieces of work inside, and those that wait. */
    get load(): { running: number; waiting: number } {
        return { running: this.#count, waiting: this.#waiting.length };
    }

    /** Pieces of work inside of the group that has most of them; 1 for work of no group. */
    runningOf(groups: Groups): number {
        return Math.max(1, ...groups.map((group) => this.#runningOf(group)));
    }

    /**
     * Waits for a turn. Returns the function that ends it, which may be called again.
     *
     * @param signal ends the wait
     * @throws Problem `overloaded` when too many wait already, of one of the groups or in all; the signal's reason
     */
    async enter(groups: Groups, signal?: AbortSignal): Promise<() => void> {
        signal?.throwIfAborted();
        if (this.#hasRoom(groups)) this.#begin(groups);
        else await this.#wait(groups, signal);
        let isInside = true;
        return () => {
            if (!isInside) return;
            isInside = false;
            this.#end(groups);
        };
    }

    async #wait(groups: Groups, signal: AbortSignal | undefined): Promise<void> {
        this.#refuseExcess(groups);
        await new Promise<void>((resolve, reject) => {
            const leave = () => {
                this.#waiting = this.#waiting.filter((other) => other !== waiting);
                reject(signal?.reason);
            };
            const begin = () => {
                signal?.removeEventListener("abort", leave);
                resolve();
            };
            const waiting = { groups, begin };
            this.#waiting.push(waiting);
            signal?.addEventListener("abort", leave, { once: true });
        });
    }

    #hasRoom(groups: Groups): boolean {
        const { atOnce, shares } = this.#options;
        return this.#count < atOnce && groups.every((group, at) => this.#runningOf(group) < (shares[at] ?? atOnce));
    }

    #runningOf(group: string): number {
        return this.#running.get(group) ?? 0;
    }

    #begin(groups: Groups): void {
        this.#count += 1;
        for (const group of groups) this.#running.set(group, this.#runningOf(group) + 1);
    }

    #end(groups: Groups): void {
        this.#count -= 1;
        for (const group of groups) {
            const left = this.#runningOf(group) - 1;
            if (left === 0) this.#running.delete(group);
            else this.#running.set(group, left);
        }
        for (let next = this.#next(); next !== undefined; next = this.#next()) {
            const begun = next;
            this.#waiting = this.#waiting.filter((other) => other !== begun);
            this.#begin(begun.groups);
            begun.begin();
        }
    }

    /** Of those that may begin, the one whose groups have the fewest places; of several, the one that came first. */
    #next(): Waiting | undefined {
        let found: Waiting | undefined;
        for (const each of this.#waiting)
            if (this.#hasRoom(each.groups) && (found === undefined || this.#isPoorer(each.groups, found.groups)))
                found = each;
        return found;
    }

    #isPoorer(one: Groups, other: Groups): boolean {
        for (const [at, group] of one.entries()) {
            const difference = this.#runningOf(group) - this.#runningOf(other[at] ?? "");
            if (difference !== 0) return difference < 0;
        }
        return false;
    }

    #refuseExcess(groups: Groups): void {
        const { what, waiting, waitingShares } = this.#options;
        for (const [at, group] of groups.entries()) {
            const count = this.#waiting.filter((other) => other.groups[at] === group).length;
            if (count < (waitingShares[at] ?? waiting)) continue;
            const words = `${group} has ${this.#runningOf(group)} ${what} under way and ${count} that wait`;
            throw new Problem("overloaded", words, { remedy: "Wait until some have ended", retryAfterSeconds });
        }
        if (this.#waiting.length >= waiting)
            throw new Problem("overloaded", `too many ${what} are waiting`, { retryAfterSeconds });
    }
}

/** A gate for work in the `memberGroups` of those who ask for it. */
export function openMemberGate(what: string, { atOnce, ofOrganization, ofUser }: MemberShares): FairGate {
    const shares = [ofOrganization, ofUser].map((most) => most || atOnce);
    return new FairGate({
        what,
        atOnce,
        shares,
        waiting: waitingForEach * atOnce,
        waitingShares: shares.map((most) => waitingForEach * most),
    });
}
