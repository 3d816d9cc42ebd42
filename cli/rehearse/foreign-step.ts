import { splitUrn } from "pulumi-section/internal";
import { changesSomething } from "../engine/operation";
import { kindOfRecorded } from "../engine/recorded-kind";

/** Another package's resource that an `up` would touch. */
export interface ForeignStep {
    urn: string;
    type: string;
    op: string;
}

interface RecordedState {
    type?: string;
    custom?: boolean;
}

interface RecordedStep {
    op: string;
    urn: string;
    oldState?: RecordedState | null;
    newState?: RecordedState | null;
}

/**
 * The steps of a preview that would change something outside the Section platform: a rehearsal has no copy of it.
 *
 * @param text the output of `pulumi preview --json`
 */
export function findForeignSteps(text: string): ForeignStep[] {
    const { steps } = JSON.parse(text) as { steps?: RecordedStep[] | null };
    return (steps ?? []).flatMap(({ op, urn, oldState, newState }) => {
        const state = newState ?? oldState;
        const type = state?.type ?? splitUrn(urn).type;
        const isOurs = kindOfRecorded({ type, custom: state?.custom }) !== undefined;
        return !changesSomething(op) || state?.custom !== true || type.startsWith("pulumi:providers:") || isOurs
            ? []
            : [{ urn, type, op }];
    });
}
