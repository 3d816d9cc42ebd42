import { setClaims } from "section-client";
import type { NewClaim } from "section-model";
import { type Memory, Slot } from "../run/memory";
import type { Session } from "../run/session";
import { readClaim } from "./read-claim";

/** Things that were found as declared -> their claims as the state has them. */
const remembered = new Slot(() => new Map<string, NewClaim>());

export function noteRememberedClaim(memory: Memory, thing: string, claim: NewClaim): void {
    memory.of(remembered).set(thing, claim);
}

/**
 * Gives a thing back to the declaration that stays, when the one that leaves has its claim: an operation that failed
 * had moved it there. Without this the declaration that stays could not delete its thing later.
 *
 * @param leaving the id of the claim of the declaration that leaves
 */
export async function returnClaim(session: Session, kind: string, id: string, leaving: unknown): Promise<void> {
    const claim = session.memory.of(remembered).get(`${kind} ${id}`);
    if (claim === undefined || typeof leaving !== "string" || leaving === "") return;
    const sight = await readClaim(session, kind, id);
    if (sight?.own?.id !== leaving) return;
    await setClaims(session.client, sight.organization, [{ thing: sight.thing, expected: leaving, claim }]);
}
