import {
    type BranchAddress,
    type Checkout,
    type EnvironmentPlace,
    listApplications,
    listEnvironments,
    withAllBranches,
    withBranch,
} from "section-client";
import { isProblem, parseEnvironmentId, productionName, resourceId } from "section-model";
import { sayDrift } from "../../history/say-drift";
import { refuseMoved } from "../../protection/plan-expectations";
import { findMaker } from "../../run/claimant";
import { branchAddress, findEnvironmentRecord, findGitUrl } from "../../run/find-branch";
import { printableLine } from "../../run/printable-text";
import type { Session } from "../../run/session";
import { hasUnknown } from "../../run/unknown";
import { unlessGone } from "../../run/unless-gone";
import { findSiteOrigin } from "../declared-site";
import type { Found } from "../noun";
import { noteRemade, refuseGoneSite } from "../refuse-gone";
import { refuseConflict, refuseMovedContent, sayCommit, sayMove } from "./conflict";
import type { RememberedContent } from "./content";
import { type EnvironmentOutputs, rememberedOf } from "./observe";
import { findOwnPast, type OwnPast } from "./own-past";

interface Foreseen {
    place: EnvironmentPlace;
    address: BranchAddress;
    wanted: RememberedContent;
    before: EnvironmentOutputs & { head: string };
}

/** Who moved a branch since the state knows it. Throws for a change that the declaration would undo. */
async function lookAtBranch(
    { memory }: Session,
    { place, address, wanted, before }: Foreseen,
    checkout: Checkout,
): Promise<OwnPast> {
    const maker = findMaker(memory, before);
    const past = await findOwnPast(checkout, { maker, email: address.person.email, known: before.head });
    const siteOrigin = findSiteOrigin(memory, before);
    await refuseConflict(place.environment, checkout, wanted, before, { ...past, siteOrigin });
    return past;
}

/** A line for a branch that somebody else has moved, where the declaration undoes nothing of it. */
async function tellMoved(session: Session, { place, before }: Foreseen, checkout: Checkout, past: OwnPast) {
    if (past.isOwn) return;
    const who = sayCommit(past.foreign ?? (await checkout.describeHead()));
    const move = sayMove(place.environment, before.head, checkout.head.commit);
    session.tell(printableLine(`environment ${before.application}/${before.name}: ${who} ${move}; that stays`));
}

async function look(session: Session, foreseen: Foreseen): Promise<void> {
    const { place, address, wanted, before } = foreseen;
    const target = wanted.promote ?? (before.promote === undefined ? undefined : before.promotedOver);
    if (target === undefined)
        return withBranch(address, async (checkout) =>
            tellMoved(session, foreseen, checkout, await lookAtBranch(session, foreseen, checkout)),
        );
    return withAllBranches(address, async (branches) => {
        const checkout = await branches.checkOut(branches.head.commit);
        const past = await lookAtBranch(session, foreseen, checkout);
        if (past.isOwn) return;
        await refuseMovedContent(branches, place.environment, before.head, target);
        await tellMoved(session, foreseen, checkout, past);
    });
}

/**
 * Asks for what is needed a moment later: the environments for the look at the branch, and the applications for the
 * step of an `up` and the look at Production's claim. The engine asks about one resource after the other, so all
 * resources wait for each answer.
 */
export function readAhead({ client, memory }: Session, place: EnvironmentPlace): void {
    const { organization, environment } = place;
    const maker = findMaker(memory, { application: resourceId.application(place), name: environment });
    const ignore = () => {}; // whoever needs them gets the error
    listEnvironments(client, place).catch(ignore);
    if (maker?.isPreview === false || environment === productionName)
        listApplications(client, organization).catch(ignore);
}

/** Says that somebody deleted the environment: the step makes it again, unless its application is gone as well. */
async function foreseeMaking(
    session: Session,
    place: EnvironmentPlace,
    { id, outputs }: Found<EnvironmentOutputs>,
): Promise<void> {
    await refuseGoneSite(session, place);
    noteRemade(session.memory, id);
    const [line] = await sayDrift(session, { kind: "environment", id, known: { ...outputs } });
    session.tell(`${line}; this change makes it again, and \`pulumi refresh\` says what else went with it`);
}

/**
 * Says at preview that somebody else has moved the branch since the state knows it, and refuses a change that would
 * undo theirs: an `up` must not find out after it has changed other sites. The same for an environment that is gone. A
 * branch that is as known is not read.
 */
export async function foreseeConflict(
    session: Session,
    found: Found<EnvironmentOutputs>,
    declared: object,
): Promise<void> {
    const { id, outputs } = found;
    const { head } = outputs;
    const wanted = rememberedOf(declared as RememberedContent);
    if (hasUnknown(wanted)) return;
    const place = parseEnvironmentId(id);
    readAhead(session, place);
    const record = await unlessGone(findEnvironmentRecord(session, place));
    if (record === undefined) return foreseeMaking(session, place, found);
    if (head === undefined || record.head?.commit === head) return;
    const address = await branchAddress(session, place, await findGitUrl(session, place));
    try {
        await look(session, { place, address, wanted, before: { ...outputs, head } });
    } catch (error) {
        // whoever applies a reviewed plan gets the plan's words
        if (isProblem(error) && error.code === "head-moved") await refuseMoved(session, "environment", id);
        throw error;
    }
}
