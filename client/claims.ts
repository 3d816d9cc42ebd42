import type { NewClaim } from "section-model";
import { z } from "zod";
import { type Claim, claimSchema } from "./claim";
import type { Client } from "./client";
import { graphPath } from "./graph";
import { organizationsPath } from "./organizations";

export type { NewClaim } from "section-model";

/** A thing of an organization. Without any field it is the organization itself. */
export interface ClaimableThing {
    /** Of a member. */
    email?: string;
    /** An application or, with `environment`, an environment of it. */
    application?: number;
    environment?: string;
    hostname?: string;
}

/** A change that is made only if the thing still has the expected claim. */
export interface ClaimChange {
    thing: ClaimableThing;
    /** The id of the present claim; null for none. */
    expected: string | null;
    /** null releases the thing. */
    claim: NewClaim | null;
}

export interface ClaimOutcome {
    thing: ClaimableThing;
    /** `set` also if the thing had this claim already; `held` if it has another one than the expected one. */
    outcome: "set" | "held" | "missing";
    /** The claim after the request. */
    claim?: Claim;
}

/** The largest number of changes in one request. */
const batchSize = 500;

const outcomeSchema = z.looseObject({ outcome: z.enum(["set", "held", "missing"]), claim: claimSchema });

function changeToWire({ thing: { email, application, environment, hostname }, expected, claim }: ClaimChange) {
    const thing = { email, application_id: application, environment_name: environment, hostname };
    return { thing, expected, claim };
}

/**
 * Takes over and releases things of an organization. Needs the extension `claims`. Each request has at most 500
 * changes; after a failure all of them can be sent again.
 */
export async function setClaims(
    client: Client,
    organization: number,
    changes: readonly ClaimChange[],
): Promise<ClaimOutcome[]> {
    const made: ClaimOutcome[] = [];
    for (let start = 0; start < changes.length; start += batchSize) {
        const batch = changes.slice(start, start + batchSize);
        const answers = await client.write("POST", `/account/${organization}/claims`, {
            body: { claims: batch.map(changeToWire) },
            answer: z.array(outcomeSchema).length(batch.length),
            forgets: [organizationsPath, graphPath],
            forgetsBelow: `/account/${organization}/`,
        });
        for (const [index, { outcome, claim }] of answers.entries())
            made.push({ thing: (batch[index] as ClaimChange).thing, outcome, claim });
    }
    return made;
}
