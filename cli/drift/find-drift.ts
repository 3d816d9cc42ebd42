import {
    type Author,
    type Difference,
    findAuthors,
    findDifferences,
    nouns,
    type Properties,
    refuseUnseenOrganization,
    type Session,
    withoutInternal,
} from "pulumi-section/internal";
import { mapAtMost } from "section-display";
import { isProblem, Problem } from "section-model";
import { findDeclaration, type ReadPrograms } from "../engine/find-declaration";
import type { StackChoice } from "../engine/stack-config";
import { makeSessions } from "../engine/stack-sessions";
import { readState, type State, type StateResource } from "../engine/state";
import { withProgress } from "../terminal/progress";
import { findLeft, type LeftThing } from "./find-left";
import { type Listed, ProgramLists } from "./program-lists";

/** A resource that is not as it was declared. */
export interface DriftFinding {
    resource: StateResource;
    /** File and line of the program or list. */
    declaredAt?: string;
    /** Where a list of clients declares it. */
    listed?: Listed;
    /** Missing: it is gone. */
    differences?: (Difference & { author?: Author })[];
    /** The person who removed it, when it is gone. */
    author?: Author;
    /** All inputs as they are now. */
    found?: Properties;
}

export interface Drift {
    state: State;
    findings: DriftFinding[];
    /** Resources that could not be looked at, and why. */
    failures: { resource: StateResource; reason: string }[];
    /** Things that the stack claimed and that its state does not have. */
    left: LeftThing[];
}

/** Limits clones: each look at content that moved holds one. */
const lookedAtOnce = 16;

async function look(session: Session, resource: StateResource): Promise<DriftFinding | undefined> {
    const { kind, id, inputs } = resource;
    const noun = nouns[kind];
    if (noun === undefined)
        throw new Problem("unsupported", `${resource.name} is a ${kind}, which this version does not know`, {
            remedy: "Install a newer pulumi-section",
        });
    const known = withoutInternal(resource.outputs);
    const observed = await noun.observe(session, id, known as never);
    if (observed === undefined) {
        await refuseUnseenOrganization(session, id, known);
        return { resource, author: (await findAuthors(session, { kind, id, known }))[0] };
    }
    if (observed.inputs === undefined) return undefined;
    const keys = new Set([...Object.keys(noun.schema.shape), ...noun.compares, ...Object.keys(observed.inputs)]);
    const differences = findDifferences([...keys], inputs, observed.inputs);
    if (differences.length === 0) return undefined;
    const authors = await findAuthors(session, { kind, id, known, differences });
    return {
        resource,
        found: observed.inputs,
        differences: differences.map((difference, index) => ({ ...difference, author: authors[index] })),
    };
}

/** True for an error of one resource alone. Without settings or an endpoint all resources fail. */
function isOfOne(error: unknown): error is Problem {
    return (
        isProblem(error) &&
        !["settings-missing", "unreachable", "no-platform", "unauthenticated", "token-ended"].includes(error.code)
    );
}

/**
 * Compares the state of a stack with the platform. Changes neither.
 *
 * @param seeksLeft whether it looks for things that the stack claimed and its state does not have
 */
export async function findDrift(choice: StackChoice, seeksLeft = true): Promise<Drift> {
    const state = await withProgress("reading the state", () => readState(choice));
    const sessionOf = makeSessions(state, choice);
    const read: ReadPrograms = new Map();
    const folder = choice.cwd ?? ".";
    const lists = new ProgramLists(folder);
    const findPlace = async (resource: StateResource): Promise<Pick<DriftFinding, "declaredAt" | "listed">> => {
        const listed = await lists.find(resource);
        if (listed !== undefined) return { listed, declaredAt: listed.list.sayPlace(listed.at) };
        return { declaredAt: await findDeclaration(resource, folder, read) };
    };
    // sorted by id, so that resources of one site are read together: they share lists
    const ordered = [...state.resources].sort((one, other) => one.id.localeCompare(other.id, "en", { numeric: true }));
    const lookSafely = async (
        resource: StateResource,
    ): Promise<{ finding?: DriftFinding; failure?: Drift["failures"][number] }> => {
        try {
            const finding = await look(await sessionOf(resource), resource);
            return finding === undefined ? {} : { finding: { ...finding, ...(await findPlace(resource)) } };
        } catch (error) {
            if (!isOfOne(error)) throw error;
            return { failure: { resource, reason: error.message } };
        }
    };
    const seen = await withProgress("looking at resources", (step) =>
        mapAtMost(lookedAtOnce, ordered, lookSafely, step),
    );
    return {
        state,
        findings: seen.flatMap(({ finding }) => finding ?? []),
        failures: seen.flatMap(({ failure }) => failure ?? []),
        left: seeksLeft ? await withProgress("looking for what is in no state", () => findLeft(state, choice)) : [],
    };
}
