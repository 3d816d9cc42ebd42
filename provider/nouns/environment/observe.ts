import {
    type Checkout,
    type EnvironmentPlace,
    type EnvironmentRecord,
    type Head,
    withAllBranches,
    withBranch,
} from "section-client";
import { parseEnvironmentId, resourceId } from "section-model";
import { branchAddress, findEnvironmentRecord, findGitUrl } from "../../run/find-branch";
import { isSame } from "../../run/properties";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import type { Found, Observed } from "../noun";
import { managesAnything, observeContent, type RememberedContent, rememberContent } from "./content";
import { isMovedByOthers } from "./own-past";
import { promotedNow } from "./promotion-content";

export interface EnvironmentOutputs extends RememberedContent {
    application: string;
    name: string;
    from?: string;
    hostname?: string;
    /** The commit that the branch is at, and its tree. */
    head?: string;
    tree?: string;
    /** The commit whose content is restored when nothing is promoted any more. */
    promotedOver?: string;
    gitUrl: string;
    hostnames: { hostname: string; cname: string; engaged: boolean }[];
}

/** The outputs that the platform does not tell. */
export type Described = Pick<EnvironmentOutputs, "from" | "hostname" | "promotedOver"> & RememberedContent;

export function foundEnvironment(
    place: EnvironmentPlace,
    record: EnvironmentRecord,
    gitUrl: string,
    described: Described,
    head: Head | undefined,
): Found<EnvironmentOutputs> {
    const { organization, application, environment: name } = place;
    const at = head ?? record.head;
    const hostnames = record.domains.map(({ hostname, cname, engaged }) => ({
        hostname,
        cname,
        engaged: engaged ?? false,
    }));
    return {
        id: resourceId.environment(place),
        outputs: {
            application: resourceId.application({ organization, application }),
            name,
            ...described,
            head: at?.commit,
            tree: at?.tree,
            gitUrl,
            hostnames,
        },
    };
}

export function rememberedOf({
    origin,
    origins,
    proxyChain,
    ipBlacklist,
    ownership,
    promote,
    files,
    undeclared,
}: RememberedContent): RememberedContent {
    return { origin, origins, proxyChain, ipBlacklist, ownership, promote, files, undeclared };
}

/** The managed content of the branch, and the commit that it is at. */
async function readContent(
    session: Session,
    place: EnvironmentPlace,
    gitUrl: string,
    known: RememberedContent & { head?: string },
) {
    const address = await branchAddress(session, place, gitUrl);
    const { unsaved: stack } = session.settings;
    const asksWho = stack !== undefined && known.head !== undefined;
    const question = { stack: stack as string, email: address.person.email, known: known.head as string };
    const observe = async (checkout: Checkout) => ({
        content: await observeContent(checkout, place.environment, known),
        head: checkout.head,
        isOthers: asksWho && (await isMovedByOthers(checkout, question)),
    });
    const { promote } = known;
    if (promote === undefined) return withBranch(address, observe);
    return withAllBranches(address, async (branches) => {
        const { content, ...seen } = await observe(await branches.checkOut(branches.head.commit));
        return { ...seen, content: { ...content, promote: await promotedNow(branches, promote, known.head) } };
    });
}

export async function observeEnvironment(
    session: Session,
    id: string,
    known: Partial<EnvironmentOutputs>,
): Promise<Observed<EnvironmentOutputs> | undefined> {
    const place = parseEnvironmentId(id);
    const record = await unlessGone(findEnvironmentRecord(session, place));
    if (record === undefined) return undefined;
    const gitUrl = await findGitUrl(session, place);
    const remembered = rememberedOf(known);
    const hostname = record.domains.some((each) => each.hostname === known.hostname) ? known.hostname : undefined;
    const isMoved = record.head === undefined || record.head.commit !== known.head;
    const isReleased = hostname !== known.hostname;
    const isUnsaid = record.head === undefined || (managesAnything(remembered) && (isMoved || isReleased));
    const seen = isUnsaid ? await readContent(session, place, gitUrl, { ...remembered, head: known.head }) : undefined;
    const { from, promotedOver } = known;
    if (seen?.isOthers && !isReleased) {
        // what others changed stays unseen, so that the next up refuses to write over it
        const head = { commit: known.head as string, tree: known.tree ?? "" };
        return foundEnvironment(place, record, gitUrl, { from, hostname, promotedOver, ...remembered }, head);
    }
    const observed = seen === undefined ? remembered : rememberContent(seen.content);
    const found = foundEnvironment(place, record, gitUrl, { from, hostname, promotedOver, ...observed }, seen?.head);
    if (!isReleased && isSame(observed, remembered)) return found;
    const { application, name } = found.outputs;
    return { ...found, inputs: { application, name, from, hostname, promotedOver, ...seen?.content } };
}
