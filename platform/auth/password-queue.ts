import { Problem } from "section-model";

/** Somebody whose password is to be checked or hashed. */
export interface Applicant {
    /** One network, or one user of one network: lanes get their turns one after the other, however long they are. */
    lane: string;
    /** Has had a right password from there, or a link from us: they are before strangers. */
    isKnown: boolean;
}

const atOnceByDefault = 2;
const mostInLane = 100;
const mostTogether = 1_000;
/** Of so many turns one is a stranger's, though known users wait: else a crowd of these would lock out all others. */
const turnsPerStranger = 3;

interface Waiting {
    begin(): void;
    refuse(): void;
}

type Lanes = Map<string, Waiting[]>;

function makeBusy(): Problem {
    return new Problem("overloaded", "too many passwords wait to be checked", { retryAfterSeconds: 5 });
}

/** The next of the lane whose turn it is; the lane goes to the end. */
function takeNext(lanes: Lanes): Waiting | undefined {
    const [first] = lanes;
    if (first === undefined) return undefined;
    const [lane, waiting] = first;
    const next = waiting.shift();
    lanes.delete(lane);
    if (waiting.length > 0) lanes.set(lane, waiting);
    return next;
}

/**
 * Lets passwords be worked on a few at a time, in turns that are fair: a flood from one network makes that network
 * wait, and one from many networks still waits behind those who have signed in before.
 */
export class PasswordQueue {
    #working = 0;
    #waiting = 0;
    #turns = 0;
    readonly #known: Lanes = new Map();
    readonly #strangers: Lanes = new Map();

    constructor(private readonly atOnce = atOnceByDefault) {}

    /** @throws Problem `overloaded` when too many wait in the same lane, or in all of them */
    async run<T>(applicant: Applicant, work: () => Promise<T>): Promise<T> {
        await this.#enter(applicant);
        try {
            return await work();
        } finally {
            this.#leave();
        }
    }

    async #enter({ lane, isKnown }: Applicant): Promise<void> {
        if (this.#working < this.atOnce) {
            this.#working += 1;
            return;
        }
        const lanes = isKnown ? this.#known : this.#strangers;
        const waiting = lanes.get(lane) ?? [];
        if (waiting.length >= mostInLane) throw makeBusy();
        if (this.#waiting >= mostTogether) this.#makeRoom(isKnown, waiting.length);
        await new Promise<void>((resolve, reject) => {
            waiting.push({ begin: resolve, refuse: () => reject(makeBusy()) });
            lanes.set(lane, waiting);
            this.#waiting += 1;
        });
    }

    /** Turns away the last of the longest lane, strangers first; or the newcomer, if none is longer than theirs. */
    #makeRoom(isKnown: boolean, length: number): void {
        const isOfStrangers = this.#strangers.size > 0;
        const lanes = isOfStrangers ? this.#strangers : this.#known;
        const [lane, longest] = [...lanes].reduce((one, other) => (other[1].length > one[1].length ? other : one));
        if (longest.length <= length && isKnown !== isOfStrangers) throw makeBusy();
        longest.pop()?.refuse();
        if (longest.length === 0) lanes.delete(lane);
        this.#waiting -= 1;
    }

    #leave(): void {
        this.#turns += 1;
        const isForStranger = this.#turns % turnsPerStranger === 0;
        const [first, second] = isForStranger ? [this.#strangers, this.#known] : [this.#known, this.#strangers];
        const next = takeNext(first) ?? takeNext(second);
        if (next === undefined) {
            this.#working -= 1;
            return;
        }
        this.#waiting -= 1;
        next.begin(); // the turn is handed over, so the count stays
    }
}
