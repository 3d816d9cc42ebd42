import { Problem } from "section-model";
import type { Member } from "../auth/caller";
import { type BranchPlace, openEnvironment } from "./branches";
import type { Context } from "./context";
import { switchEnvironment } from "./environment-switches";
import { requireEnvironment } from "./environments";
import { findOutagePages, outagePageFolder } from "./shown-page";

export interface OutagePage {
    name: string;
    engaged: boolean;
}

/** The pages of an environment's branch, and which of them is shown instead of the site. */
export async function listOutagePages(context: Context, member: Member, place: BranchPlace): Promise<OutagePage[]> {
    const { row, branch } = await openEnvironment(context, member, place);
    return (await findOutagePages(branch)).map((name) => ({ name, engaged: name === row.outage_page }));
}

/** Shows a page instead of the site; another one that was shown no longer is. */
export async function engageOutagePage(
    context: Context,
    member: Member,
    place: BranchPlace,
    name: string,
): Promise<void> {
    const { row, branch } = await openEnvironment(context, member, place);
    const pages = await findOutagePages(branch);
    if (!pages.includes(name)) {
        throw new Problem(
            "invalid-input",
            `there is no outage page ${JSON.stringify(name)} in environment ${place.environment}`,
            {
                property: "pageName",
                remedy: `Push it as ${outagePageFolder}/NAME.html first${pages.length > 0 ? `, or name one of ${pages.slice(0, 20).join(", ")}` : ""}`,
            },
        );
    }
    await switchEnvironment(context, member, row, { outage_page: name });
}

/** Shows the site again; without a page that is shown, it is already. */
export async function disengageOutagePage(
    context: Context,
    member: Member,
    { applicationId, environment }: BranchPlace,
): Promise<void> {
    const row = await requireEnvironment(context.store.database, member, applicationId, environment);
    await switchEnvironment(context, member, row, { outage_page: null });
}
