import { findDifferences } from "../history/difference";
import { sayForeseen } from "../history/say-drift";
import { findPlace } from "../protection/find-place";
import { foreseeId } from "../protection/look-at-thing";
import { findMaking } from "../protection/made-things";
import { type ClaimSight, isClaimable, readClaim } from "../protection/read-claim";
import type { Properties } from "../run/properties";
import type { NounInRun } from "./noun-in-run";

/** A thing that exists already and that a new declaration would adopt. */
export interface Arrival {
    id: string;
    sight: ClaimSight;
    /** True when it came with a larger thing that this operation has made. */
    isOurs: boolean;
    /** The changes that the declaration would make, one line each. */
    changes: string[];
}

/** The id of the larger thing that a declaration names. Undefined if there is none, or it is not known yet. */
export function holderOf({ organization, application, environment }: Properties): string | undefined {
    return (organization ?? application ?? environment) as string | undefined;
}

/** The id of the thing that a declaration names. Undefined when there is none, or when it is not known yet. */
export async function findNamed({ noun, open }: NounInRun, inputs: Properties): Promise<string | undefined> {
    const { kind, locate } = noun;
    return locate === undefined ? foreseeId(kind, inputs) : await locate(open(), inputs as never);
}

/**
 * The existing thing that a new declaration names. Undefined when there is none, or when its id is not known yet.
 *
 * @param inputs known inputs
 * @param place the thing by names, for a preview that does not know the ids yet
 */
export async function findArrival(asked: NounInRun, inputs: Properties, place?: string): Promise<Arrival | undefined> {
    const { noun, memory, open } = asked;
    const { kind } = noun;
    if (!isClaimable(kind)) return undefined;
    const holder = holderOf(inputs);
    const making = holder === undefined ? undefined : findMaking(memory, `${holder}/new`);
    // the engine checks one declaration after the other: no list is waited for where nobody else can have anything
    if (making === "empty") return undefined;
    const session = open();
    const id = (await findNamed(asked, inputs)) ?? (place && (await findPlace(session, place)));
    if (id === undefined) return undefined;
    const sight = await readClaim(session, kind, id);
    if (sight === undefined) return undefined;
    const declared = { ...inputs, ...noun.condense?.outputs(inputs as never) };
    const observed = await noun.observe(session, id, declared as never);
    if (observed === undefined) return undefined;
    const seen: Properties = observed.outputs;
    const differing = observed.inputs === undefined ? [] : findDifferences(noun.compares, seen, declared);
    const further = (await noun.foreseeAdoption?.(session, id, inputs as never)) ?? [];
    return { id, sight, isOurs: making !== undefined, changes: [...differing.map(sayForeseen), ...further] };
}
