import { readFeatures } from "section-client";
import { type Issue, isProblem, type PathIssue, pathIssuesOf, utcDay, valueAt } from "section-model";
import type { AnyNoun } from "../nouns/noun";
import { openHold } from "../protection/hold";
import { refuseOtherThanNotedPlatform } from "../protection/refuse-other-platform";
import { refuseReadOnly, tellLackingRole } from "../protection/refuse-read-only";
import type { Claimant } from "../run/claimant";
import type { Memory } from "../run/memory";
import { isSame, type Properties, pick, plain, withoutInternal } from "../run/properties";
import { tell as show } from "../run/session";
import { hasUnknown } from "../run/unknown";
import { unlessSilent } from "../run/unless-silent";
import { holderOf } from "./find-arrival";
import { foreseeTake } from "./foresee-take";
import { takeoverProperty } from "./judge-arrival";
import type { NounInRun } from "./noun-in-run";
import { tellMovedSite } from "./tell-moved-site";
import { withNearestName } from "./unknown-property";

export interface CheckAnswer {
    inputs: Properties;
    failures: { property: string; reason: string }[];
    /** The findings that `inputs` do not have: a state keeps all of those. */
    foreseen?: Foreseen;
}

/** Findings about a new or changed declaration that are for its preview only. */
export interface Foreseen {
    /** The id of the existing thing that a new declaration would adopt. */
    there?: string;
    /** What a reviewer wants to see, by internal properties. */
    reviewed: Properties;
}

interface Parsed {
    /** Known inputs in their normal spelling. */
    known: Properties;
    /** Inputs that contain a value that the engine does not know yet. */
    unknown: Properties;
    issues: Issue[];
}

/** A property that is not there at all is said to be missing. A text may stand in place of an object that has it. */
function explainMissing(issue: PathIssue, news: Properties): PathIssue {
    const holder = valueAt(news, issue.path.slice(0, -1));
    const isMissing = valueAt(news, issue.path) === undefined && typeof holder === "object";
    return isMissing && issue.reason.startsWith("must be ")
        ? { ...issue, reason: `is missing; it ${issue.reason}` }
        : issue;
}

export function parseInputs({ schema }: AnyNoun, news: Properties): Parsed {
    const parsed: Parsed = { known: {}, unknown: {}, issues: [] };
    for (const [key, rule] of Object.entries(schema.shape)) {
        if (hasUnknown(news[key])) {
            parsed.unknown[key] = news[key];
            continue;
        }
        const result = rule.safeParse(news[key]);
        if (!result.success)
            parsed.issues.push(
                ...pathIssuesOf(result.error, [key]).map((issue) =>
                    withNearestName(schema, explainMissing(issue, news)),
                ),
            );
        else if (result.data !== undefined) parsed.known[key] = result.data;
    }
    for (const key of Object.keys(news)) {
        if (!(key in schema.shape) && !key.startsWith("__") && news[key] !== undefined) {
            parsed.issues.push(withNearestName(schema, { path: [key], reason: "", isUnknown: true }));
        }
    }
    return parsed;
}

interface Declaration {
    claimant: Claimant | undefined;
    known: Properties;
    unknown: Properties;
    /** The previous declaration. */
    before: Properties;
    olds: Properties;
}

interface PlatformAnswer extends Foreseen {
    issues: Issue[];
    foreseen: Properties;
    edgeDomain?: string;
}

/** Foreseen properties, and the internal ones of them: these are for a reviewer only, so that no state has them. */
function partForeseen(properties: Properties): { foreseen: Properties; reviewed: Properties } {
    const [reviewed, foreseen] = [true, false].map((isInternal) =>
        Object.fromEntries(Object.entries(properties).filter(([key]) => key.startsWith("__") === isInternal)),
    );
    return { foreseen: foreseen as Properties, reviewed: reviewed as Properties };
}

/** Inputs as check returns them: the declaration, and values that follow from its known part. */
export function deriveInputs(
    derive: AnyNoun["derive"],
    declared: Properties,
    known: Properties,
    edgeDomain: string | undefined,
): Properties {
    return plain({ ...declared, ...derive?.(known as never, edgeDomain) });
}

/** Inputs as check returns them, with values shortened that are too large or unreadable. */
export function condenseInputs({ condense }: AnyNoun, inputs: Properties, memory: Memory): Properties {
    return condense?.inputs(inputs, memory) ?? inputs;
}

/** The knowledge of the endpoint. If it does not answer, a preview still works, and tells that it could not check. */
async function askPlatform(
    askedNoun: NounInRun,
    { claimant, known, unknown, before, olds }: Declaration,
): Promise<PlatformAnswer> {
    const { noun, open } = askedNoun;
    const session = open();
    const isNew = Object.keys(before).length === 0;
    try {
        const ask = async () => {
            await refuseReadOnly(session, claimant?.isPreview !== false);
            await refuseOtherThanNotedPlatform(session);
            if (claimant !== undefined && claimant.isPreview !== false) await tellLackingRole(session, holderOf(known));
            const hold = await openHold(session, claimant);
            const resolved = (await noun.resolve?.(session, known as never, olds)) ?? {};
            const inputs = pick({ ...known, ...resolved }, [...Object.keys(known), ...Object.keys(resolved)]);
            const foreseenTake = hold && (await foreseeTake(askedNoun, inputs, hold, isNew, claimant?.place));
            const sought = { hold, there: foreseenTake?.there, claimant, unknown };
            const [features, issues, foreseen] = await Promise.all([
                readFeatures(session.client),
                noun.preflight?.(session, inputs as never, isNew ? undefined : (olds as never), sought) ?? [],
                noun.foresee?.(session, inputs as never, olds, Object.keys(unknown), hold) ?? {},
            ]);
            const isNewThing = isNew && issues.length === 0 && foreseenTake?.there === undefined;
            if (noun.kind === "application" && hold !== undefined && claimant !== undefined && isNewThing)
                await tellMovedSite(session, inputs, claimant);
            const takeover = foreseenTake?.takeover;
            const all = { ...resolved, ...foreseen, [takeoverProperty]: takeover };
            return { issues, ...partForeseen(all), there: foreseenTake?.there, edgeDomain: features.edgeDomain };
        };
        return (await unlessSilent(session, noun.kind, ask())) ?? { issues: [], foreseen: {}, reviewed: {} };
    } catch (error) {
        if (isProblem(error) && error.property !== undefined)
            return { issues: [{ property: error.property, reason: error.message }], foreseen: {}, reviewed: {} };
        throw error;
    }
}

/**
 * An issue for the engine, which prints the value of the property beside it. So it names no property that holds a
 * secret, and none within another or that is missing: there the engine would say that the value is `<nil>`.
 */
function failureOf(
    { secrets = [] }: AnyNoun,
    { property, reason }: Issue,
    news: Properties,
): CheckAnswer["failures"][number] {
    const isShown = news[property] !== undefined && !(secrets as readonly string[]).includes(property);
    return { property: isShown ? property : "", reason: `${property} ${reason}` };
}

/** The clock and the output, for tests. */
interface Surroundings {
    today: string;
    tell(line: string): void;
}

/**
 * Checks a declaration: its grammar always, and with the platform when it is new or changed. An unchanged declaration
 * sends no request.
 *
 * @param olds the previous checked inputs; empty for a new resource
 */
export async function checkInputs(
    asked: NounInRun,
    olds: Properties,
    news: Properties,
    { today, tell }: Surroundings = { today: utcDay(), tell: show },
    claimant?: Claimant,
): Promise<CheckAnswer> {
    const { noun, memory } = asked;
    const parsed = parseInputs(noun, noun.settle?.(news, olds, memory) ?? news);
    const { unknown, issues } = parsed;
    const { inputs: known, ...lapse } = noun.lapse?.(parsed.known as never, olds as never, today) ?? {
        inputs: parsed.known,
        issues: [],
        warnings: [],
    };
    issues.push(...lapse.issues);
    lapse.warnings.forEach(tell);
    const condense = (inputs: Properties) => (issues.length === 0 ? condenseInputs(noun, inputs, memory) : inputs);
    const condensed = condense(known);
    const declared = { ...condensed, ...condense(unknown) };
    const before = pick(olds, [...Object.keys(noun.schema.shape), ...(noun.besides ?? [])]);
    if (issues.length === 0 && isSame(before, declared)) return { inputs: plain(withoutInternal(olds)), failures: [] };
    issues.push(...(noun.relate?.(known as never, Object.keys(unknown)) ?? []));
    issues.push(...((await noun.inspect?.({ ...known, ...unknown }, { memory, claimant })) ?? []));
    let answer: PlatformAnswer = { issues: [], foreseen: {}, reviewed: {} };
    if (issues.length === 0) answer = await askPlatform(asked, { claimant, known: condensed, unknown, before, olds });
    issues.push(...answer.issues);
    const derived = deriveInputs(noun.derive, declared, known, answer.edgeDomain);
    return {
        inputs: plain({ ...derived, ...answer.foreseen, ...(claimant?.isPreview && answer.reviewed) }),
        failures: issues.map((issue) => failureOf(noun, issue, news)),
        foreseen: { there: answer.there, reviewed: plain(answer.reviewed) },
    };
}
