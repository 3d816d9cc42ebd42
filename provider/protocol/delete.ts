import { listOrganizations } from "section-client";
import { isProblem, Problem } from "section-model";
import { bringHome } from "../nouns/bring-home";
import { reasonToKeep } from "../protection/declared-now";
import { hasClaims } from "../protection/hold";
import { reasonLetGo } from "../protection/let-go";
import { refuseMoved } from "../protection/plan-expectations";
import { isClaimable, readClaim } from "../protection/read-claim";
import { refuseOtherPlatform } from "../protection/refuse-other-platform";
import { refuseReadOnly } from "../protection/refuse-read-only";
import { returnClaim } from "../protection/return-claim";
import { findRestore } from "../protection/standing-declarations";
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

/** Makes a thing again as the declaration that stays says, unless somebody else has changed it since. */
async function restoreDeclared({ noun, memory, open }: NounInRun, id: string, known: Properties): Promise<void> {
    const restore = findRestore(memory, `${noun.kind} ${id}`);
    if (restore === undefined) return;
    const outputs = withoutInternal(known);
    const left = await noun.observe(open(), id, outputs as never);
    if (left !== undefined && left.inputs === undefined) await restore({ kind: noun.kind, outputs });
}

/** Removes the object, unless the same operation declares it under another name, or somebody else has it by now. */
export async function deleteObject({ noun, memory, open }: NounInRun, id: string, known: Properties): Promise<void> {
    const session = open();
    await refuseReadOnly(session, false);
    const keep = (reason: string) => session.tell(`${noun.kind} ${id} is kept: ${reason}`);
    const reason = reasonToKeep(memory, noun.kind, id);
    if (reason !== undefined) {
        await returnClaim(session, noun.kind, id, known[claimProperty]);
        keep(reason);
        return restoreDeclared({ noun, memory, open }, id, known);
    }
    await refuseOtherPlatform(session, known[platformProperty]);
    await refuseUnseen(session, noun, id, known);
    const letGo = reasonLetGo(memory, noun.kind, id, Boolean(known[claimProperty]));
    if (letGo !== undefined) return keep(letGo);
    await refuseMoved(session, noun.kind, id);
    await bringHome(session, noun.kind, id);
    const claim = (await hasClaims(session)) ? String(known[claimProperty] || "none") : undefined;
    const remove = (held?: string) =>
        repeatUncertain(() => noun.remove(open(), { id, outputs: withoutInternal(known) as never }, held));
    try {
        await remove(claim);
    } catch (error) {
        if (!isProblem(error) || error.code !== "claim-held") throw error;
        const { own, counts } = (await readClaim(session, noun.kind, id)) ?? {};
        // it comes with a larger thing, as the owner's membership does: what becomes of it does not depend on a claim
        if (own === undefined && counts !== undefined) return remove("none");
        if (own?.id !== claim) return keep(error.detail);
        // its holder may not forget it: only something in it is another's
        throw new Problem("claim-held", error.detail, {
            remedy: "Remove it after those stacks have removed theirs, or keep it with the option retainOnDelete",
            cause: error,
        });
    }
}
