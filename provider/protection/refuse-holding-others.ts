import { type Claim, listEnvironments } from "section-client";
import { formatHolder, Problem, parseApplicationId } from "section-model";
import type { Session } from "../run/session";
import { unlessGone } from "../run/unless-gone";
import { isOfStack } from "./claim-words";
import { readClaim } from "./read-claim";

/**
 * Refuses at preview to replace an application in which another stack has environments or hostnames: its deletion would
 * be refused at the end of the `up`.
 */
export async function refuseHoldingOthers(session: Session, id: string): Promise<void> {
    const claim = (await readClaim(session, "application", id))?.own;
    if (claim === undefined) return;
    const environments = (await unlessGone(listEnvironments(session.client, parseApplicationId(id)))) ?? [];
    const isOther = (other: Claim | undefined): other is Claim => other !== undefined && !isOfStack(other, claim);
    const held = environments.flatMap(({ name, claim: own, domains }) => [
        ...(isOther(own) ? [`environment ${name} (${formatHolder(own)})`] : []),
        ...domains.flatMap(({ hostname, claim: its }) => (isOther(its) ? [`${hostname} (${formatHolder(its)})`] : [])),
    ]);
    if (held.length === 0) return;
    throw new Problem("claim-held", `${id} would be replaced and contains what others hold: ${held.join(", ")}`, {
        remedy: "Replace it after their stacks have removed these",
    });
}
