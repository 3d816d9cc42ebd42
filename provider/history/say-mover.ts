import { withBranch } from "section-client";
import { parseApplicationId, parseEnvironmentId, productionName } from "section-model";
import type { Sight } from "../protection/look-at-thing";
import { branchAddress, findGitUrl } from "../run/find-branch";
import { isSame } from "../run/properties";
import type { Session } from "../run/session";
import { askLog } from "./account-log";
import { type Author, authorOfCommit, sayAuthor } from "./author";
import type { Difference } from "./difference";

type Asked = Pick<Difference, "key" | "member" | "to">;

/** The change of a thing, as a question to its organization's log. Undefined when the thing is gone. */
function differenceOf(kind: string, before: Sight, now: Sight): Asked | undefined {
    if (!now.exists) return undefined;
    if (kind === "team") {
        const [known = {}, found = {}] = [before.members, now.members];
        const member = Object.keys({ ...known, ...found }).find((each) => known[each] !== found[each]);
        return { key: "members", member, to: member && found[member] };
    }
    const key = (["role", "name", "environment"] as const).find((each) => !isSame(before[each], now[each])) ?? "";
    return { key, to: key === "" ? undefined : now[key] };
}

async function findMover(session: Session, { kind, id, before, now }: Moved): Promise<Author | undefined> {
    if (now.exists && before.head !== undefined && before.head !== now.head) {
        const place =
            kind === "application"
                ? { ...parseApplicationId(id), environment: productionName }
                : parseEnvironmentId(id);
        const address = await branchAddress(session, place, await findGitUrl(session, place));
        return authorOfCommit(await withBranch(address, (checkout) => checkout.describeHead()));
    }
    return askLog(session, kind, { id, known: {}, difference: differenceOf(kind, before, now) });
}

/** A thing that has changed since it was seen. */
export interface Moved {
    kind: string;
    id: string;
    before: Sight;
    now: Sight;
}

/** Names the author, the time, and the commit or request of a change, or says `somebody`. */
export async function sayMover(session: Session, moved: Moved): Promise<string> {
    return sayAuthor(await findMover(session, moved).catch(() => undefined));
}
