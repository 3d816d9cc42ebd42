import { productionName, resourceId } from "section-model";
import type { Claim } from "./claim";
import type { ClaimableThing } from "./claims";
import type { GraphApplication, GraphOrganization } from "./graph";

/** A thing that exists and that can be claimed. */
export interface PlacedThing {
    kind: "organization" | "membership" | "application" | "environment" | "domain";
    /** As a state has it. */
    id: string;
    organization: number;
    /** The thing as the platform's claims name it. */
    thing: ClaimableThing;
    claim?: Claim;
    /** The application that it always comes and goes with: it is its Production, or its own hostname. */
    comesWith?: PlacedThing;
}

const root = "/";

function listOfApplication(
    organization: number,
    { id: application, name, pathPrefix, claim, environments }: GraphApplication,
): PlacedThing[] {
    const place = { organization, application };
    const site: PlacedThing = {
        kind: "application",
        id: resourceId.application(place),
        organization,
        thing: { application },
        claim,
    };
    const found = [site];
    for (const { name: environment, domains = [], claim: held } of environments) {
        const at = { ...place, environment };
        found.push({
            kind: "environment",
            id: resourceId.environment(at),
            organization,
            thing: { application, environment },
            claim: held,
            ...(environment === productionName && { comesWith: site }),
        });
        // a split application has none of its own
        for (const { hostname, claim: holder } of pathPrefix === root ? domains : [])
            found.push({
                kind: "domain",
                id: resourceId.domain({ ...at, hostname }),
                organization,
                thing: { hostname },
                claim: holder,
                ...(hostname === name.toLowerCase() && { comesWith: site }),
            });
    }
    return found;
}

/**
 * Everything in a graph that can be claimed; a larger thing stands before those in it. Needs a graph with all its
 * details, as an endpoint with the extension `claims` answers it.
 */
export function listClaimable(graph: readonly GraphOrganization[]): PlacedThing[] {
    return graph.flatMap(({ id: organization, claim, members = [], applications }) => [
        { kind: "organization", id: resourceId.organization({ organization }), organization, thing: {}, claim },
        ...members.map(
            ({ email, claim: own }): PlacedThing => ({
                kind: "membership",
                id: resourceId.membership({ organization, email }),
                organization,
                thing: { email },
                claim: own,
            }),
        ),
        ...applications.flatMap((application) => listOfApplication(organization, application)),
    ]);
}
