import { isOfStack, sayClaim } from "../protection/claim-words";
import type { Hold } from "../protection/hold";
import { isClaimable, readClaim } from "../protection/read-claim";
import type { Properties } from "../run/properties";
import { findArrival, findNamed } from "./find-arrival";
import { judgeArrival, type Takeover } from "./judge-arrival";
import type { NounInRun } from "./noun-in-run";

/** What a preview knows of a thing that a declaration would take. */
export interface ForeseenTake {
    /** The id of an existing thing that a new declaration names. */
    there?: string;
    takeover?: Takeover;
}

/** A declaration that changes names a thing that is another stack's by now, and agrees to take it. */
async function foreseeChange(asked: NounInRun, known: Properties, { claim, consents }: Hold): Promise<ForeseenTake> {
    const { kind } = asked.noun;
    const id = consents && isClaimable(kind) ? await findNamed(asked, known) : undefined;
    const { counts } = (id && (await readClaim(asked.open(), kind, id))) || {};
    return counts === undefined || isOfStack(counts, claim)
        ? {}
        : { takeover: { from: sayClaim(counts), changes: [] } };
}

/** Says what becomes of an existing thing that a declaration names, and refuses to take it without consent. */
export async function foreseeTake(
    asked: NounInRun,
    known: Properties,
    hold: Hold,
    isNew: boolean,
    place: string | undefined,
): Promise<ForeseenTake> {
    if (!isNew) return foreseeChange(asked, known, hold);
    const arrival = await findArrival(asked, known, place);
    if (arrival === undefined) return {};
    const { lines, takeover } = judgeArrival(asked.noun.kind, arrival, hold);
    for (const line of lines) asked.open().tell(line);
    return { there: arrival.id, takeover };
}
