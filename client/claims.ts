import type { NewClaim } from "section-model";
import { z } from "zod";
import { type ApplicationRecord, applicationsPath } from "./applications";
import { type Claim, claimSchema } from "./claim";
import type { Amendment, Client } from "./client";
import { graphPath } from "./graph";
import { type MemberRecord, membersPath } from "./memberships";
import { type OrganizationRecord, organizationsPath } from "./organizations";

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

/** The same text for the same thing of an organization. */
export const nameThing = ({ email, application, environment, hostname }: ClaimableThing) =>
    JSON.stringify([email, application, environment, hostname]);

function changeToWire({ thing: { email, application, environment, hostname }, expected, claim }: ClaimChange) {
    const thing = { email, application_id: application, environment_name: environment, hostname };
    return { thing, expected, claim };
}

type Outcome = z.infer<typeof outcomeSchema>;

/** The lists with the claims that a request has set. None if one of them is another's: then all are read again. */
function amendClaims(
    organization: number,
    changes: readonly ClaimChange[],
    outcomes: readonly Outcome[],
): readonly Amendment[] {
    if (outcomes.some(({ outcome }) => outcome !== "set")) return [];
    const claims = new Map(changes.map(({ thing }, index) => [nameThing(thing), outcomes[index]?.claim]));
    const amend = <R extends { claim?: Claim }>(path: string, thingOf: (record: R) => ClaimableThing | undefined) => ({
        path,
        change: (list: readonly R[]) =>
            list.map((record): R => {
                const thing = thingOf(record);
                if (thing === undefined || !claims.has(nameThing(thing))) return record;
                return { ...record, claim: claims.get(nameThing(thing)) };
            }),
    });
    return [
        amend<OrganizationRecord>(organizationsPath, ({ id }) => (id === organization ? {} : undefined)),
        amend<MemberRecord>(membersPath(organization), ({ email }) => ({ email })),
        amend<ApplicationRecord>(applicationsPath(organization), ({ id }) => ({ application: id })),
    ];
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
            forgets: [organizationsPath, graphPath, membersPath(organization), applicationsPath(organization)],
            forgetsBelow: `${applicationsPath(organization)}/`,
            amends: (outcomes) => amendClaims(organization, batch, outcomes),
        });
        for (const [index, { outcome, claim }] of answers.entries())
            made.push({ thing: (batch[index] as ClaimChange).thing, outcome, claim });
    }
    return made;
}
