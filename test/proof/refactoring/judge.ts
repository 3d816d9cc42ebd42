import type { Program } from "./declaration";
import { locateDeclared } from "./locate-declared";
import { keyOf, type LogLine, type Seen } from "./look-at-platform";

/** What is known about one operation after it. */
export interface Happened {
    before: Seen;
    after: Seen;
    /** What the platform wrote down meanwhile. */
    log: readonly LogLine[];
    /** The program that the operation ran; with nothing in it for a destroy. */
    program: Pick<Program, "declared">;
    /** Who holds a thing: a stack, or `hand`. */
    holderOf(key: string): string | undefined;
    stack: string;
    /** Keys of others' things that the operation may take over. */
    consented: ReadonlySet<string>;
}

/** The log's kinds of lines that take something away, and the thing that each is about. */
const losses: Record<string, (thing: LogLine["thing"], organization: number) => string> = {
    "application.delete": ({ application_id }) => keyOf.application(application_id),
    "environment.delete": ({ application_id, environment_name }) => keyOf.environment(application_id, environment_name),
    "member.remove": ({ email }, organization) => keyOf.membership(organization, email ?? ""),
};

/** Declared things that were there before and were lost, even for a moment. */
export function findLost({ before, after, log, program }: Happened): string[] {
    const declared = new Map(
        locateDeclared(program, before)
            .filter(({ key }) => before.has(key))
            .map((each) => [each.key, each]),
    );
    const gone = [...declared.keys()].filter((key) => !after.has(key)).map((key) => `${key} is gone`);
    const lost = log.flatMap(({ what, thing, organization }) => {
        const key = losses[what]?.(thing, organization);
        return key !== undefined && declared.has(key) ? [`${key} was lost: ${what}`] : [];
    });
    // a hostname whose declared place does not change is never released
    const released = log.flatMap(({ what, thing: { hostname } }) => {
        const key = keyOf.domain(hostname);
        const stays = declared.get(key)?.value === before.get(key)?.value;
        return what === "domain.detach" && declared.has(key) && stays ? [`${key} was released`] : [];
    });
    return [...new Set([...gone, ...lost, ...released])];
}

/** Things of others that were changed or deleted. */
export function findTouched({ before, after, holderOf, stack, consented }: Happened): string[] {
    return [...before].flatMap(([key, { kind, organization, value }]) => {
        const holder = holderOf(key);
        if (holder === undefined || holder === stack || consented.has(key)) return [];
        const now = after.get(key);
        // people whom somebody has invited by hand leave with the organization, which its holder may delete
        const place = keyOf.organization(organization);
        if (holder === "hand" && kind === "membership" && holderOf(place) === stack && !after.has(place)) return [];
        if (now?.value === value) return [];
        return [`${key} of ${holder} ${now === undefined ? "is gone" : `was ${value} and is ${now.value}`}`];
    });
}

/** Declared things that are not as declared, once everything is applied. */
export function findDifferent(program: Program, seen: Seen): string[] {
    return locateDeclared(program, seen).flatMap(({ name, key, value }) => {
        const thing = seen.get(key);
        if (thing === undefined) return [`${name}: ${key} is not there`];
        if (value === undefined || thing.value === value) return [];
        return [`${name}: ${key} is ${thing.value}, not ${value}`];
    });
}
