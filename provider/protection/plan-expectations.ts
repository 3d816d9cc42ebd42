import { appendFileSync, readFileSync } from "node:fs";
import type { ApplicationPlace, EnvironmentPlace } from "section-client";
import { Problem, productionName } from "section-model";
import { Slot } from "../run/memory";
import { printableLine } from "../run/printable-text";
import { isSame } from "../run/properties";
import type { Session } from "../run/session";
import { lookAtThing, type Sight } from "./look-at-thing";

/** Things as a reviewed plan saw them, by `membership 1/jane@agency.example`. */
export type Expectations = Readonly<Record<string, Sight>>;

/**
 * A file beside the expectations with a line for each refusal, so that the starter of the engine knows why it failed.
 */
export const refusalsFile = (expected: string) => `${expected}.refused`;

/** The properties of a sight that no other step of the same plan changes. */
const binding: Readonly<Record<string, readonly (keyof Sight)[]>> = {
    organization: ["exists", "name"],
    team: ["exists", "members"],
    membership: ["exists", "role"],
    application: ["exists", "hostname", "head"],
    environment: ["exists", "head"],
    domain: ["exists", "environment"],
};

/** Path of a file of expectations -> its content, which is read once. */
const filesRead = new Slot(() => new Map<string, Expectations>());
/** Branches that this run has moved itself: their expectations no longer apply. */
const ownMoves = new Slot(() => new Set<string>());

function expectationOf({ memory, settings: { expected } }: Session, thing: string): Sight | undefined {
    if (expected === undefined || memory.of(ownMoves).has(thing)) return undefined;
    const files = memory.of(filesRead);
    const all = files.get(expected) ?? (JSON.parse(readFileSync(expected, "utf8")) as Expectations);
    files.set(expected, all);
    return all[thing];
}

function refuse({ settings: { expected } }: Session, words: string): never {
    const line = printableLine(words);
    if (expected !== undefined) appendFileSync(refusalsFile(expected), `${line}\n`);
    throw new Problem("plan-moved", line);
}

/** Words for the changes since the sight, such as `role: readonly -> admin`. */
export function sayMoved(keys: readonly string[], before: object, now: object): string[] {
    const value = (from: object, key: string) => (from as Record<string, unknown>)[key];
    const say = (one: unknown) => {
        if (typeof one !== "string") return one === undefined ? "nothing" : JSON.stringify(one);
        return /^[0-9a-f]{40}$/.test(one) ? one.slice(0, 10) : one;
    };
    return keys
        .filter((key) => !isSame(value(before, key), value(now, key)))
        .map((key) => `${key}: ${say(value(before, key))} -> ${say(value(now, key))}`);
}

/** Refuses to change a thing that has changed since the reviewed plan saw it. Without a plan it sends no request. */
export async function refuseMoved(session: Session, kind: string, id: string): Promise<void> {
    const thing = `${kind} ${id}`;
    const expected = expectationOf(session, thing);
    if (expected === undefined) return;
    const seen = await lookAtThing(session, kind, id);
    const [moved] = seen === undefined ? [] : sayMoved(binding[kind] ?? [], expected, seen);
    if (moved !== undefined) refuse(session, `${thing} moved since the plan was made: ${moved}`);
}

const environmentOf = ({ organization, application, environment }: EnvironmentPlace) =>
    `environment ${organization}/${application}/${environment}`;

/**
 * Refuses to build a commit upon another head than the reviewed plan saw. If the branch moves later, git refuses the
 * push.
 */
export function refuseOtherHead(session: Session, place: EnvironmentPlace, commit: string): void {
    const thing = environmentOf(place);
    const head = expectationOf(session, thing)?.head;
    if (head !== undefined && head !== commit)
        refuse(session, `${thing} moved since the plan was made: ${sayMoved(["head"], { head }, { head: commit })}`);
}

/** A change of an application is a commit on its Production: the expected head no longer applies. */
export function noteOwnMove({ memory }: Session, place: ApplicationPlace): void {
    memory.of(ownMoves).add(environmentOf({ ...place, environment: productionName }));
}
