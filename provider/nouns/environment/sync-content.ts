import {
    type BranchAddress,
    commitOnKnown,
    type EnvironmentPlace,
    type FileEdits,
    type Head,
    withBranch,
} from "section-client";
import type { EnvironmentInputs } from "section-model";
import { refuseOtherHead } from "../../protection/plan-expectations";
import { findMaker } from "../../run/claimant";
import { branchAddress } from "../../run/find-branch";
import type { Session } from "../../run/session";
import { findSiteOrigin } from "../declared-site";
import { type MessageParts, makeConfigureMessage } from "./commit-message";
import { refuseConflict } from "./conflict";
import { managesAnything, type RememberedContent, rememberContent } from "./content";
import { nameFiles } from "./foresee";
import { type EnvironmentOutputs, rememberedOf } from "./observe";
import { findOwnPast, type OwnPast } from "./own-past";
import { planEdits, planKnownEdits } from "./plan-edits";
import { findProgramCommit } from "./program-commit";
import { type Promoted, syncPromotion } from "./promotion";
import type { GoesLive } from "./promotion-preview";

/** Declared inputs, and the findings of check for a preview. */
export type CheckedInputs = EnvironmentInputs & { goesLive?: GoesLive };

/** The declaration that commits are made for. */
async function describeMaker({ memory }: Session, inputs: EnvironmentInputs): Promise<MessageParts> {
    return { maker: findMaker(memory, inputs), program: await findProgramCommit(memory) };
}

/** The content before, with files that nobody remembers: they go where they are no longer declared. */
function withOwnFiles(before: EnvironmentOutputs | undefined, { files }: OwnPast): RememberedContent {
    return { ...before, files: { ...Object.fromEntries(files.map((path) => [path, ""])), ...before?.files } };
}

/** Names files that go though neither the state nor a preview has them. */
function tellForgotten(
    { tell }: Session,
    branch: string,
    edits: FileEdits,
    { files }: OwnPast,
    before: RememberedContent = {},
): void {
    const gone = files.filter((path) => edits.get(path) === null && before.files?.[path] === undefined);
    if (gone.length > 0)
        tell(`${branch} loses ${nameFiles(gone)}: a run whose state was not saved wrote this, and nothing declares it`);
}

/** Commits to a branch that is where the state remembers it, without reading it. Undefined where it must be read. */
async function commitOnRemembered(
    { memory }: Session,
    address: BranchAddress,
    inputs: EnvironmentInputs,
    before: EnvironmentOutputs | undefined,
    { head, parts, refuseHead }: { head?: Head; parts: MessageParts; refuseHead(commit: string): void },
): Promise<Head | undefined> {
    if (before === undefined || head === undefined || head.commit !== before.head) return undefined;
    const edits = planKnownEdits(inputs, before, memory);
    if (edits?.size === 0) return head;
    if (edits === undefined || address.requests === undefined) return undefined;
    refuseHead(head.commit);
    return commitOnKnown(address, head.commit, edits, makeConfigureMessage(address.branch, [...edits.keys()], parts));
}

/**
 * Makes the branch as declared with one commit, or with none when nothing differs.
 *
 * @param head of the branch, where the endpoint tells it
 */
export async function syncContent(
    session: Session,
    place: EnvironmentPlace,
    gitUrl: string,
    inputs: CheckedInputs,
    before: EnvironmentOutputs | undefined,
    head: Head | undefined,
): Promise<Promoted | undefined> {
    const wanted = rememberContent(inputs);
    if (!managesAnything(wanted) && (before === undefined || !managesAnything(rememberedOf(before)))) return undefined;
    const [address, parts] = await Promise.all([branchAddress(session, place, gitUrl), describeMaker(session, inputs)]);
    const refuseHead = (commit: string) => refuseOtherHead(session, place, commit);
    if (inputs.promote !== undefined || before?.promote !== undefined) {
        const seen = before?.head ?? inputs.goesLive?.[inputs.promote as string]?.onto;
        return syncPromotion(session.memory, place, address, inputs, { before, seen, parts, refuseHead });
    }
    const known = await commitOnRemembered(session, address, inputs, before, { head, parts, refuseHead });
    if (known !== undefined) return known;
    const synced = await withBranch(address, async (checkout): Promise<Promoted> => {
        const question = { maker: parts.maker, email: address.person.email, known: before?.head };
        const past = await findOwnPast(checkout, question);
        const siteOrigin = findSiteOrigin(session.memory, inputs);
        if (before !== undefined)
            await refuseConflict(place.environment, checkout, wanted, before, { ...past, siteOrigin });
        if (past.promotedOver !== undefined) return { ...checkout.head, promotedOver: past.promotedOver };
        const edits = await planEdits(checkout, place.environment, inputs, withOwnFiles(before, past), session);
        if (edits.size === 0) return checkout.head;
        tellForgotten(session, `environment ${inputs.application}/${inputs.name}`, edits, past, before);
        refuseHead(checkout.head.commit);
        return checkout.commit(edits, makeConfigureMessage(place.environment, [...edits.keys()], parts));
    });
    if (synced.promotedOver === undefined) return synced;
    // a killed run promoted a commit that is no longer promoted
    const promoted = { ...before, head: synced.commit, promotedOver: synced.promotedOver };
    return syncPromotion(session.memory, place, address, inputs, {
        before: promoted,
        seen: synced.commit,
        parts,
        refuseHead,
    });
}
