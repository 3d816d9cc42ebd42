import type { ReadResult } from "@pulumi/pulumi/dynamic";
import { edgeDomainOf, Problem } from "section-model";
import { findDifferences } from "../history/difference";
import type { Drifted } from "../history/find-authors";
import { sayDrift } from "../history/say-drift";
import { hasClaims } from "../protection/hold";
import { isClaimable, readClaim } from "../protection/read-claim";
import { refuseOtherPlatform } from "../protection/refuse-other-platform";
import { refuseUnseenOrganization } from "../protection/unseen-organization";
import { type Properties, withoutInternal } from "../run/properties";
import { deriveInputs } from "./check";
import { completeOutputs, marker } from "./complete-outputs";
import { claimProperty, keptOf, platformProperty } from "./hold-object";
import type { NounInRun } from "./noun-in-run";

async function tellDrift({ noun, open }: NounInRun, drifted: Omit<Drifted, "kind">): Promise<void> {
    const session = open();
    for (const line of await sayDrift(session, { kind: noun.kind, ...drifted })) session.tell(line);
}

/**
 * What only the state knows, without a claim that is not the present one. Then the next `up` takes the thing again, if
 * it may: a killed operation may have given it to a resource that no state has.
 */
async function keepPresent({ noun, open }: NounInRun, id: string, known: Properties): Promise<Properties> {
    const { [claimProperty]: claim, ...others } = keptOf(known);
    const isHeld = claim !== undefined && claim !== "" && isClaimable(noun.kind) && (await hasClaims(open()));
    const { own, counts } = (isHeld && (await readClaim(open(), noun.kind, id))) || {};
    // what comes with a larger thing has no claim of its own
    const isPresent = !isHeld || (own === undefined ? counts !== undefined : own.id === claim);
    return claim !== undefined && isPresent ? { ...others, [claimProperty]: claim } : others;
}

/**
 * The object as it is now, for a refresh or a look-up by `.get`. Empty when a refresh finds that it is gone.
 *
 * @param known the outputs; for a look-up the arguments of its class
 */
export async function readObject(asked: NounInRun, id: string, known: Properties): Promise<ReadResult> {
    const { noun, open } = asked;
    const isLookup = known[marker] === undefined;
    const remembered = isLookup ? {} : withoutInternal(known);
    if (!isLookup) await refuseOtherPlatform(open(), known[platformProperty]);
    const observed = await noun.observe(open(), id, remembered as never);
    if (observed === undefined) {
        if (isLookup) throw new Problem("not-found", `there is no ${noun.kind} ${id} that this token can see`);
        const isOrganizationDeleted = await refuseUnseenOrganization(open(), id, remembered);
        if (!isOrganizationDeleted) await tellDrift(asked, { id, known: remembered });
        return {};
    }
    const { outputs, inputs } = observed;
    if (!isLookup && inputs !== undefined) {
        const differences = findDifferences(noun.compares, remembered, outputs);
        await tellDrift(asked, { id, known: remembered, differences });
    }
    const edgeDomain = edgeDomainOf(String(known.hostname), String(known.cname));
    return {
        id: observed.id,
        props: completeOutputs({
            ...(outputs as object),
            ...(isLookup ? {} : await keepPresent(asked, observed.id, known)),
        }),
        ...(inputs && { inputs: deriveInputs(noun.derive, inputs, inputs, edgeDomain) }),
    };
}
