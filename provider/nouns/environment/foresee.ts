import { type AllBranches, type EnvironmentPlace, withBranch } from "section-client";
import { contentKeys, type EnvironmentInputs, parseApplicationId, resourceId } from "section-model";
import { branchAddress, findEnvironmentRecord, findGitUrl, findHead } from "../../run/find-branch";
import { promotedLinesProperty } from "../../run/promoted-lines";
import { isSame, type Properties, pick } from "../../run/properties";
import { isSecretFile } from "../../run/secret-files";
import type { Session } from "../../run/session";
import { unknownValue } from "../../run/unknown";
import { unlessGone } from "../../run/unless-gone";
import { foreignFiles, type ManagedContent } from "./content";
import { planPromotion } from "./promotion";
import { describePromotion, foreseePromotion, type GoesLive } from "./promotion-preview";

/** The largest number of file names in one line. */
const namedFiles = 20;

export function nameFiles(files: readonly string[]): string {
    const more = files.length - namedFiles;
    return files.slice(0, namedFiles).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Names the files that complete ownership removes, before it does so for the first time. */
async function tellForeignFiles(session: Session, place: EnvironmentPlace, { config = {} }: Properties): Promise<void> {
    const address = await branchAddress(session, place, await findGitUrl(session, place));
    const foreign = await withBranch(address, async (checkout) =>
        foreignFiles(checkout, (path) => Object.hasOwn(config as object, path)),
    );
    if (foreign.length === 0) return;
    const { environment, ...application } = place;
    session.tell(
        `${environment} of ${resourceId.application(application)} has files that are not declared and will be removed: ${nameFiles(foreign)}`,
    );
}

/** The changes by promoting another commit, or by no longer promoting one. */
async function foreseeContent(
    session: Session,
    place: EnvironmentPlace,
    { declared, before, unknown }: Asked,
): Promise<Properties> {
    const isUnknown = unknown.includes("promote");
    if (!isUnknown && declared.promote === before.promote) return pick(before, ["goesLive", "promotedOver"]);
    const { environment, ...application } = place;
    const subject = `${environment} of ${resourceId.application(application)}`;
    const over = pick(before, ["promotedOver"]);
    if (isUnknown) {
        session.tell(
            `${subject} gets the content of a commit that this update makes: its changes are named where the commit is made`,
        );
        return { goesLive: unknownValue, ...over };
    }
    const target = declared.promote ?? before.promotedOver;
    // of an object the platform has not said which commit it is
    if (typeof target !== "string") return {};
    const address = await branchAddress(session, place, await findGitUrl(session, place));
    const isSecret = (path: string) => isSecretFile(session.memory, resourceId.application(application), path);
    // content that is declared in place of a promotion goes over what was there before it
    const planOver = async (branches: AllBranches) =>
        (await planPromotion(branches, target, environment, declared as ManagedContent, session.memory)).edits;
    const how = { isSecret, ...(declared.promote === undefined && { planOver }) };
    const { change, lines, promotedOver } = await foreseePromotion(address, target, how);
    for (const line of describePromotion(subject, target, change, lines)) session.tell(line);
    const goesLive: GoesLive = { [target]: change };
    const shown = { goesLive, ...(change.files.length > 0 && { [promotedLinesProperty]: lines }) };
    return declared.promote === undefined ? shown : { ...shown, promotedOver, ...over };
}

/** The head of a branch that a change does not move. So an environment that promotes it shows no change. */
async function foreseeHead(
    session: Session,
    place: EnvironmentPlace,
    { declared, before, unknown }: Asked,
): Promise<Properties> {
    const isNew = before.name === undefined;
    const isKept = (key: string) => !unknown.includes(key) && isSame(declared[key], before[key]);
    if (isNew || ![...contentKeys, "undeclared"].every(isKept)) return {};
    const record = await findEnvironmentRecord(session, place);
    return record === undefined
        ? {}
        : { head: (await findHead(session, place, await findGitUrl(session, place), record)).commit };
}

interface Asked {
    declared: Properties;
    before: Properties;
    unknown: readonly string[];
}

/** The outputs of a new or changed environment that a preview can know; none if the application does not exist yet. */
export async function foreseeEnvironment(
    session: Session,
    declared: Partial<EnvironmentInputs>,
    before: Properties,
    unknown: readonly string[],
): Promise<Properties> {
    const { application, name, ownership } = declared;
    if (application === undefined || name === undefined) return {};
    const place = { ...parseApplicationId(application), environment: name };
    if (ownership === "complete" && before.ownership !== "complete")
        await unlessGone(tellForeignFiles(session, place, declared));
    const asked = { declared, before, unknown };
    return {
        ...(await unlessGone(foreseeContent(session, place, asked))),
        ...(await unlessGone(foreseeHead(session, place, asked))),
    };
}
