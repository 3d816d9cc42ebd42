import { listOrganizations } from "section-client";
import { isProblem } from "section-model";
import { bringHome } from "../nouns/bring-home";
import { reasonToKeep } from "../protection/declared-now";
import { hasClaims } from "../protection/hold";
import { refuseMoved } from "../protection/plan-expectations";
import { isClaimable, readClaim } from "../protection/read-claim";
import { refuseOtherPlatform } from "../protection/refuse-other-platform";
import { returnClaim } from "../protection/return-claim";
import { refuseUnseenOrganization } from "../protection/unseen-organization";
import { type Properties, withoutInternal } from "../run/properties";
import type { Session } from "../run/session";
import { claimProperty, platformProperty } from "./hold-object";
import type { NounInRun } from "./noun-in-run";
import { repeatUncertain } from "./repeat-uncertain";

/** Refuses to take a thing for gone whose organization this token does not see. One list serves all deletes. */
async function refuseUnseen(
    session: Session,
    { kind }: NounInRun["noun"],
    id: string,
    known: Properties,
): Promise<void> {
    if (!isClaimable(kind) && kind !== "team") return;
    const seen = await listOrganizations(session.client, { mayBeStale: true });
    if (!seen.some((each) => String(each.id) === id.split("/")[0]))
        await refuseUnseenOrganization(session, id, withoutInternal(known));
}

/** True when a thing has no claim of its own because it always comes with a larger one. */
async function comesWithLarger(session: Session, kind: string, id: string): Promise<boolean> {
    const sight = await readClaim(session, kind, id);
    return sight?.counts !== undefined && sight.own === undefined;
}

/** Removes the object, unless the same operation declares it under another name, or somebody else has it by now. */
export async function deleteObject({ noun, memory, open }: NounInRun, id: string, known: Properties): Promise<void> {
    const session = open();
    const keep = (reason: string) => session.tell(`${noun.kind} ${id} is kept: ${reason}`);
    const reason = reasonToKeep(memory, noun.kind, id);
    if (reason !== undefined) {
        await returnClaim(session, noun.kind, id, known[claimProperty]);
        return keep(reason);
    }
    await refuseOtherPlatform(session, known[platformProperty]);
    await refuseUnseen(session, noun, id, known);
    await refuseMoved(session, noun.kind, id);
    await bringHome(session, noun.kind, id);
    const claim = (await hasClaims(session)) ? String(known[claimProperty] || "none") : undefined;
    const remove = (held?: string) =>
        repeatUncertain(() => noun.remove(open(), { id, outputs: withoutInternal(known) as never }, held));
    try {
        await remove(claim);
    } catch (error) {
        if (!isProblem(error) || error.code !== "claim-held") throw error;
        // such as the owner's membership: what becomes of it does not depend on a claim
        if (await comesWithLarger(session, noun.kind, id)) return remove("none");
        keep(error.detail);
    }
}
