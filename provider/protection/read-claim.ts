import {
    type ApplicationPlace,
    type Claim,
    type ClaimableThing,
    listApplications,
    listEnvironments,
    listMembers,
    listOrganizations,
    type OrganizationRecord,
} from "section-client";
import {
    parseApplicationId,
    parseDomainId,
    parseEnvironmentId,
    parseMembershipId,
    parseOrganizationId,
    productionName,
} from "section-model";
import type { Session } from "../run/session";
import { unlessGone } from "../run/unless-gone";

/** A thing that exists, and who has it. */
export interface ClaimSight {
    organization: number;
    /** The thing as the platform's claims name it. */
    thing: ClaimableThing;
    /** The claim to the thing itself. */
    own?: Claim;
    /**
     * The claim that counts: its own, or that of the larger thing that it always comes with. Production and the
     * application's own hostname come with the application, the owner's membership with the organization.
     */
    counts?: Claim;
}

async function findOrganization({ client }: Session, organization: number): Promise<OrganizationRecord | undefined> {
    return (await listOrganizations(client)).find(({ id }) => id === organization);
}

async function findApplication({ client }: Session, { organization, application }: ApplicationPlace) {
    return (await unlessGone(listApplications(client, organization)))?.find(({ id }) => id === application);
}

type Look = (session: Session, id: string) => Promise<ClaimSight | undefined>;

const looks: Readonly<Record<string, Look>> = {
    organization: async (session, id) => {
        const { organization } = parseOrganizationId(id);
        const found = await findOrganization(session, organization);
        return found && { organization, thing: {}, own: found.claim, counts: found.claim };
    },
    membership: async (session, id) => {
        const { organization, email } = parseMembershipId(id);
        const member = (await unlessGone(listMembers(session.client, organization)))?.find(
            (each) => each.email === email,
        );
        if (member === undefined) return undefined;
        const holder = member.claim === undefined ? await findOrganization(session, organization) : undefined;
        const covering = holder?.ownerEmail === email ? holder.claim : undefined;
        return { organization, thing: { email }, own: member.claim, counts: member.claim ?? covering };
    },
    application: async (session, id) => {
        const { organization, application } = parseApplicationId(id);
        const found = await findApplication(session, { organization, application });
        const thing = { application };
        return found && { organization, thing, own: found.claim, counts: found.claim };
    },
    environment: async (session, id) => {
        const place = parseEnvironmentId(id);
        const { organization, application, environment } = place;
        const found = (await unlessGone(listEnvironments(session.client, place)))?.find(
            ({ name }) => name === environment,
        );
        if (found === undefined) return undefined;
        const covering =
            found.claim === undefined && environment === productionName
                ? (await findApplication(session, place))?.claim
                : undefined;
        const thing = { application, environment };
        return { organization, thing, own: found.claim, counts: found.claim ?? covering };
    },
    domain: async (session, id) => {
        const { hostname, ...place } = parseDomainId(id);
        const found = (await unlessGone(listEnvironments(session.client, place)))
            ?.find(({ name }) => name === place.environment)
            ?.domains.find((each) => each.hostname === hostname);
        if (found === undefined) return undefined;
        const holder = found.claim === undefined ? await findApplication(session, place) : undefined;
        const covering = holder?.name.toLowerCase() === hostname ? holder.claim : undefined;
        return {
            organization: place.organization,
            thing: { hostname },
            own: found.claim,
            counts: found.claim ?? covering,
        };
    },
};

/** True for kinds of things that can be claimed. A team is its members, each with a claim. */
export function isClaimable(kind: string): boolean {
    return kind in looks;
}

/** Who has a thing now. Undefined when there is no such thing. Needs the extension `claims`. */
export async function readClaim(session: Session, kind: string, id: string): Promise<ClaimSight | undefined> {
    return looks[kind]?.(session, id);
}
