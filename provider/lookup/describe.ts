import type { Client, GraphApplication, GraphOrganization } from "section-client";
import { listEnvironments, listMembers, listOrganizations, type MemberRecord } from "section-client";
import { adviseOn, cnameTarget, productionName, resourceId } from "section-model";
import { foundDomain } from "../nouns/domain/observe";
import type { ApplicationResult, MemberResult, OrganizationResult } from "./results";

const root = "/";

function describeMember(organization: number, { email, role, userId, status }: MemberRecord): MemberResult {
    return {
        id: resourceId.membership({ organization, email }),
        organization: resourceId.organization({ organization }),
        email,
        role,
        userId,
        status,
    };
}

/** An application with all its details. Asks the endpoint for those that the graph lacks. */
export async function describeApplication(
    client: Client,
    organization: number,
    record: GraphApplication,
): Promise<ApplicationResult> {
    const place = { organization, application: record.id };
    const isComplete = record.environments.every(({ domains }) => domains !== undefined);
    const environments = isComplete ? record.environments : await listEnvironments(client, place);
    const hostname = record.name.split("/", 1).join().toLowerCase();
    const own = environments.flatMap(({ domains = [] }) => domains).find((each) => each.hostname === hostname);
    return {
        id: resourceId.application(place),
        organization: resourceId.organization({ organization }),
        hostname,
        pathPrefix: record.pathPrefix,
        gitUrl: record.gitUrl,
        cname: own?.cname || cnameTarget(hostname),
        production: resourceId.environment({ ...place, environment: productionName }),
        environments: environments.map(({ name, domains = [], head }) => {
            const at = { ...place, environment: name };
            const attached = record.pathPrefix === root ? domains.map((domain) => foundDomain(at, domain)) : [];
            return {
                id: resourceId.environment(at),
                application: resourceId.application(place),
                name,
                gitUrl: record.gitUrl,
                head: head?.commit,
                tree: head?.tree,
                domains: attached.map(({ id, outputs }) => ({ id, ...outputs, dns: adviseOn(outputs.dns) })),
            };
        }),
    };
}

/** An organization with all its details. Asks the endpoint for those that the graph lacks. */
export async function describeOrganization(client: Client, record: GraphOrganization): Promise<OrganizationResult> {
    const isAdmin =
        record.isAdmin ?? (await listOrganizations(client)).find(({ id }) => id === record.id)?.isAdmin ?? false;
    const [members, applications] = await Promise.all([
        record.members ?? (isAdmin ? listMembers(client, record.id) : undefined),
        Promise.all(record.applications.map((application) => describeApplication(client, record.id, application))),
    ]);
    return {
        id: resourceId.organization({ organization: record.id }),
        name: record.name,
        isAdmin,
        members: members?.map((member) => describeMember(record.id, member)),
        applications,
    };
}
