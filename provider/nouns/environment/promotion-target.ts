import { type AllBranches, type EnvironmentPlace, withAllBranches } from "section-client";
import { isCommitId, type NamedCommit, Problem, parseApplicationId, parseEnvironmentId } from "section-model";
import { branchAddress, findEnvironmentRecord, findGitUrl, findHead } from "../../run/find-branch";
import { printableLine } from "../../run/printable-text";
import type { Properties } from "../../run/properties";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import { makeUnknown, sayCommit } from "./conflict";

/** The largest number of commits to name where one is meant. */
const namedCommits = 5;

/** The only commit of any branch whose id begins so. Refuses several, and none. */
export async function requireCommit(branches: AllBranches, short: string): Promise<string> {
    const found = await branches.startingWith(short);
    const [only, other] = found;
    if (only === undefined) throw await makeUnknown(branches, short);
    if (other === undefined) return only.id;
    const named = found.slice(0, namedCommits).map((commit) => printableLine(sayCommit(commit)));
    const more = found.length > namedCommits ? `; and ${found.length - namedCommits} more` : "";
    throw new Problem("invalid-input", `${short} can be ${found.length} commits: ${named.join("; ")}${more}`, {
        remedy: "Write more digits of the one that you mean",
        property: "promote",
    });
}

/** The commit that an environment has on the platform now. Undefined where there is no such environment. */
async function findPresentHead(session: Session, id: string): Promise<string | undefined> {
    const place = parseEnvironmentId(id);
    const record = await unlessGone(findEnvironmentRecord(session, place));
    return record && (await findHead(session, place, await findGitUrl(session, place), record)).commit;
}

/** The promoted commit by its whole id, where the declaration names it in another way. */
export async function resolvePromote(
    session: Session,
    { application, name, promote }: { application?: string; name?: string; promote?: NamedCommit },
    before: Properties,
): Promise<Properties> {
    if (promote === undefined || isCommitId(promote)) return {};
    const promoted = before.promote as string | undefined;
    const subject = application === undefined ? name : `${name} of ${application}`;
    if (typeof promote === "object") {
        const { environment } = promote;
        const seen = environment && (await findPresentHead(session, environment));
        const source = environment === undefined ? "another environment" : parseEnvironmentId(environment).environment;
        session.tell(
            `${subject} waits: what this update does to ${source} goes live with the next one, when it has been seen there`,
        );
        return { promote: seen ?? promoted };
    }
    if (application === undefined) return {};
    const place: EnvironmentPlace = { ...parseApplicationId(application), environment: String(name) };
    const commit = await unlessGone(
        findGitUrl(session, place).then(async (gitUrl) =>
            withAllBranches(await branchAddress(session, place, gitUrl), (branches) =>
                requireCommit(branches, promote),
            ),
        ),
    );
    return commit === undefined ? {} : { promote: commit };
}
