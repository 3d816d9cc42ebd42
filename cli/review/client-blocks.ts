import type { Block, Words } from "../report/document";
import { sayCount } from "../report/say-count";
import type { ResourceChange } from "./resource-change";
import type { ClientReview, Review } from "./review";
import { isOverall } from "./risk";
import { countVerbs, sayDeeds } from "./say-deeds";
import { listSiteBlocks, placeOf } from "./site-blocks";

/** Nobody reads more changes than these one by one: then each client is a line to open. */
export const mostUnfolded = 20;

/** More clients than these, with nothing but changes that are shown above, are one line together. */
const mostLines = 10;

const changesOf = ({ sites }: ClientReview) => sites.flatMap(({ changes }) => changes);

/** The labels of the shared changes that are all that a client has; undefined if it has more than these. */
function findOnlyShared(client: ClientReview, { shared }: Review): string[] | undefined {
    const labels = new Set<string>();
    for (const { verb, shown, said } of changesOf(client)) {
        if (verb !== "update" || shown.length === 0 || said.length > 0) return undefined;
        for (const each of shown) {
            const label = shared.labelOf(each);
            if (label === undefined) return undefined;
            labels.add(label);
        }
    }
    return [...labels].sort();
}

function sayOnly(labels: readonly string[]): string {
    return `only ${labels.length === 1 ? "change" : "changes"} ${labels.join(", ")}`;
}

function sayExtent(changes: readonly ResourceChange[]): string {
    const sites = new Set(changes.flatMap(({ owner }) => owner.site?.key ?? [])).size;
    return `${sayDeeds(countVerbs(changes))}${sites === 0 ? "" : ` on ${sayCount(sites, "site")}`}`;
}

/** A client with changes of its own, as a line to open. */
function foldClient(client: ClientReview, review: Review): Block {
    const changes = changesOf(client);
    const urns = new Set(changes.map(({ urn }) => urn));
    const risks = review.risks.filter((risk) => !isOverall(risk) && risk.urns.some((urn) => urns.has(urn))).length;
    const said = changes.reduce((sum, change) => sum + change.said.length, 0);
    const fold: Words = [
        { strong: client.client.name },
        `: ${sayExtent(changes)}`,
        ...(risks > 0 ? ["; ", { strong: sayCount(risks, "risk") }] : []),
        ...(said > 0 ? [`; ${sayCount(said, "message")}`] : []),
    ];
    return { fold, blocks: listSiteBlocks(client, review) };
}

/** A client whose changes are all shown above: its environments, a line each. */
function foldShared(client: ClientReview, labels: readonly string[], { shared }: Review): Block {
    const changes = changesOf(client);
    const entries = changes.map((change) => {
        const own = [...new Set(change.shown.flatMap((each) => shared.labelOf(each) ?? []))];
        return {
            words: [
                ...placeOf(change),
                ", ",
                { code: change.name },
                `: ${own.map((label) => `change ${label}`).join(", ")}`,
            ],
        };
    });
    return {
        fold: [{ strong: client.client.name }, `: ${sayExtent(changes)}; ${sayOnly(labels)}`],
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
    const judged = clients.map((client) => ({ client, labels: findOnlyShared(client, review) }));
    const own = judged.flatMap(({ client, labels }) => (labels === undefined ? [foldClient(client, review)] : []));
    const shared = judged.flatMap(({ client, labels }) => (labels === undefined ? [] : [{ client, labels }]));
    const folds = shared.map(({ client, labels }) => foldShared(client, labels, review));
    if (folds.length <= mostLines) return [...own, ...folds];
    const labels = [...new Set(shared.flatMap((each) => each.labels))].sort();
    const extent = sayExtent(shared.flatMap(({ client }) => changesOf(client)));
    const fold = [{ strong: sayCount(folds.length, "client") }, `: ${extent}; ${sayOnly(labels)}`];
    return [...own, { fold, blocks: folds }];
}
