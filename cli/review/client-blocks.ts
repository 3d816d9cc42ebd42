import type { Block, ListEntry, Words } from "../report/document";
import { sayCount } from "../report/say-count";
import { compareTexts, type ResourceChange } from "./resource-change";
import type { ClientReview, Review } from "./review";
import { isOverall } from "./risk";
import { countVerbs, sayDeeds } from "./say-deeds";
import { listSiteBlocks, placeOf } from "./site-blocks";

/** Nobody reads more changes than these one by one: then each client is a line to open. */
export const mostUnfolded = 20;

/** More clients than these, all of whose changes are shown above, are one line together. */
const mostLines = 10;

const changesOf = ({ sites }: ClientReview) => sites.flatMap(({ changes }) => changes);

/** The places above where a change is shown as a whole, such as `change 1`; undefined if it has more than these. */
function findShownAbove({ kind, verb, shown, said }: ResourceChange, { shared }: Review): string[] | undefined {
    if (said.length > 0) return undefined;
    if (kind === "membership" || kind === "team") return shown.length === 0 ? ["people"] : undefined;
    if (verb !== "update" || shown.length === 0) return undefined;
    const labels = shown.map((each) => shared.labelOf(each));
    if (labels.includes(undefined)) return undefined;
    return [...new Set(labels)].map((label) => `change ${label}`);
}

/** A client, all of whose changes are shown above, and where. */
interface ShownClient {
    client: ClientReview;
    above: ReadonlyMap<ResourceChange, readonly string[]>;
}

function findShownClient(client: ClientReview, review: Review): ShownClient | undefined {
    const above = new Map<ResourceChange, string[]>();
    for (const change of changesOf(client)) {
        const places = findShownAbove(change, review);
        if (places === undefined) return undefined;
        above.set(change, places);
    }
    return { client, above };
}

function sayAbove(clients: readonly ShownClient[]): string {
    const places = new Set(clients.flatMap(({ above }) => [...above.values()].flat()));
    return `only ${[...places].sort(compareTexts).join(", ")}`;
}

/** `, 5 sites: 1 to delete, 4 to update` */
function sayExtent(changes: readonly ResourceChange[]): string {
    const sites = new Set(changes.flatMap(({ owner }) => owner.site?.key ?? [])).size;
    return `${sites === 0 ? "" : `, ${sayCount(sites, "site")}`}: ${sayDeeds(countVerbs(changes))}`;
}

/** A client with changes of its own, as a line to open. */
function foldClient(client: ClientReview, review: Review): Block {
    const changes = changesOf(client);
    const urns = new Set(changes.map(({ urn }) => urn));
    const risks = review.risks.filter((risk) => !isOverall(risk) && risk.urns.some((urn) => urns.has(urn))).length;
    const said = changes.reduce((sum, change) => sum + change.said.length, 0);
    const fold: Words = [
        { strong: client.client.name },
        sayExtent(changes),
        ...(risks > 0 ? ["; ", { strong: sayCount(risks, "risk") }] : []),
        ...(said > 0 ? [`; ${sayCount(said, "message")}`] : []),
    ];
    return { fold, blocks: listSiteBlocks(client, review) };
}

/** A client whose changes are all shown above: a line for each change. */
function foldShown(shown: ShownClient): Block {
    const { client, above } = shown;
    const entries = [...above].map(([change, places]): ListEntry => {
        return { words: [...placeOf(change), ", ", { code: change.name }, `: ${places.join(", ")}`] };
    });
    return {
        fold: [{ strong: client.client.name }, `${sayExtent(changesOf(client))}; ${sayAbove([shown])}`],
        blocks: [{ entries }],
    };
}

/**
 * The changes by client and site. In a long review a client is a line to open, first those with changes of their own.
 */
export function listClientBlocks(review: Review): Block[] {
    const { clients } = review;
    if (clients.flatMap(changesOf).length <= mostUnfolded)
        return clients.flatMap((client) => listSiteBlocks(client, review));
    const shown = clients.flatMap((client) => findShownClient(client, review) ?? []);
    const isShown = new Set(shown.map(({ client }) => client));
    const own = clients.filter((client) => !isShown.has(client)).map((client) => foldClient(client, review));
    const folds = shown.map(foldShown);
    if (folds.length <= mostLines) return [...own, ...folds];
    const extent = sayExtent(shown.flatMap(({ client }) => changesOf(client)));
    const fold = [{ strong: sayCount(folds.length, "client") }, `${extent}; ${sayAbove(shown)}`];
    return [...own, { fold, blocks: folds }];
}
