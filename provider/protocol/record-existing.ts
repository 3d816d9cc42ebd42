import { readFeatures } from "section-client";
import type { Issue } from "section-model";
import type { AnyNoun } from "../nouns/noun";
import { nouns } from "../nouns/nouns";
import type { Properties } from "../run/properties";
import { type Kind, providerTextOf } from "../run/resource-kind";
import type { Session } from "../run/session";
import { condenseInputs, deriveInputs, parseInputs } from "./check";
import { completeOutputs } from "./complete-outputs";

/** What a state has of a thing. */
export interface Recorded {
    id: string;
    inputs: Properties;
    outputs: Properties;
}

/** It is there and a program cannot say it as it is; the reasons say why. */
export interface Unrecordable {
    issues: Issue[];
}

/**
 * What check and create would have left in a state, for a thing that exists as it is declared. Nothing is written.
 *
 * @param seen outputs that are known already and need not be read again
 */
export async function recordExisting(
    kind: Kind,
    session: Session,
    id: string,
    declared: Properties,
    seen: Properties = {},
): Promise<Recorded | Unrecordable> {
    const noun = nouns[kind] as AnyNoun;
    const { known, issues } = parseInputs(noun, declared);
    if (issues.length === 0) issues.push(...(noun.relate?.(known as never, []) ?? []));
    if (issues.length > 0) return { issues };
    const remembered = { ...known, ...noun.condense?.outputs(known as never), ...seen };
    const [{ edgeDomain }, observed] = await Promise.all([
        readFeatures(session.client),
        noun.observe(session, id, remembered as never),
    ]);
    if (observed === undefined) return { issues: [{ property: "id", reason: "is gone" }] };
    if (observed.inputs !== undefined)
        return { issues: [{ property: "inputs", reason: "differ from what was there a moment ago; export again" }] };
    const provider = { __provider: providerTextOf(kind) };
    const condensed = condenseInputs(noun, known, session.memory);
    return {
        id: observed.id,
        inputs: { ...deriveInputs(noun.derive, condensed, known, edgeDomain), ...provider },
        outputs: { ...completeOutputs(observed.outputs), ...provider },
    };
}
