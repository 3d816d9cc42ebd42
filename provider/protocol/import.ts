import { Problem } from "section-model";
import type { AnyNoun, Declared } from "../nouns/noun";
import { pick } from "../run/properties";
import type { Kind } from "../run/resource-kind";
import type { Session } from "../run/session";
import type { NounInRun } from "./noun-in-run";
import { type Recorded, recordExisting } from "./record-existing";

/** The properties that no declaration may lack. */
export function requiredKeys({ schema }: AnyNoun): string[] {
    return Object.entries(schema.shape)
        .filter(([, rule]) => !rule.safeParse(undefined).success)
        .map(([key]) => key);
}

async function declareExisting(noun: AnyNoun, session: Session, id: string): Promise<Declared | undefined> {
    if (noun.declare !== undefined) return noun.declare(session, id);
    const observed = await noun.observe(session, id, {} as never);
    return observed && { inputs: pick(observed.outputs, requiredKeys(noun)), seen: {} };
}

/**
 * An existing thing as a state has it, for `pulumi import`. The program that declares its inputs changes nothing.
 * Writes nothing: who uses the thing stays so until the first `up`.
 */
export async function importObject({ noun, open }: NounInRun, id: string): Promise<Recorded> {
    const session = open();
    const declared = await declareExisting(noun, session, id);
    if (declared === undefined)
        throw new Problem("not-found", `there is no ${noun.kind} ${id} that this token can see`);
    const recorded = await recordExisting(noun.kind as Kind, session, id, declared.inputs, {
        seen: declared.seen,
        way: "plugin",
    });
    if (!("issues" in recorded)) return recorded;
    throw new Problem("unsupported", `${noun.kind} ${id} cannot be declared as it is`, {
        lines: recorded.issues.map(({ property, reason }) => `  ${property} ${reason}`),
    });
}
