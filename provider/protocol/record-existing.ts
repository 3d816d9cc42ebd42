import { readFeatures } from "section-client";
import type { Issue } from "section-model";
import type { AnyNoun } from "../nouns/noun";
import { nouns } from "../nouns/nouns";
import { refuseOtherPlatform } from "../protection/refuse-other-platform";
import type { Properties } from "../run/properties";
import { type Kind, providerTextOf, type Way } from "../run/resource-kind";
import type { Session } from "../run/session";
import { condenseInputs, deriveInputs, parseInputs } from "./check";
import { completeOutputs } from "./complete-outputs";
import { platformProperty } from "./hold-object";

/** A thing as a state has it. */
export interface Recorded {
    id: string;
    inputs: Properties;
    outputs: Properties;
}

/** A thing that exists, but that a program cannot declare as it is, with the reasons. */
export interface Unrecordable {
    issues: Issue[];
}

interface RecordOptions {
    /** Known outputs, which need not be read again. */
    seen?: Properties;
    /** Default `dynamic`. */
    way?: Way;
}

/**
 * The record that check and create would have left in a state, for a thing that exists as declared. Writes nothing.
 */
export async function recordExisting(
    kind: Kind,
    session: Session,
    id: string,
    declared: Properties,
    { seen = {}, way = "dynamic" }: RecordOptions = {},
): Promise<Recorded | Unrecordable> {
    const noun = nouns[kind] as AnyNoun;
    const { known, issues } = parseInputs(noun, declared);
    if (issues.length === 0) issues.push(...(noun.relate?.(known as never, []) ?? []));
    if (issues.length > 0) return { issues };
    const remembered = { ...known, ...noun.condense?.outputs(known as never), ...seen };
    const [{ edgeDomain }, platform, observed] = await Promise.all([
        readFeatures(session.client),
        refuseOtherPlatform(session, undefined),
        noun.observe(session, id, remembered as never),
    ]);
    if (observed === undefined) return { issues: [{ property: "id", reason: "is gone" }] };
    if (observed.inputs !== undefined)
        return { issues: [{ property: "inputs", reason: "differ from what was there a moment ago; export again" }] };
    const provider = way === "dynamic" ? { __provider: providerTextOf(kind) } : {};
    const condensed = condenseInputs(noun, known, session.memory);
    return {
        id: observed.id,
        inputs: { ...deriveInputs(noun.derive, condensed, known, edgeDomain), ...provider },
        outputs: { ...completeOutputs({ ...(observed.outputs as object), [platformProperty]: platform }), ...provider },
    };
}
