import { z } from "zod";
import { type ApplicationRecord, defaultGitUrl } from "./applications";
import { type Claim, claimSchema } from "./claim";
import type { Client } from "./client";
import { attachedDomainSchema, type EnvironmentRecord } from "./environments";
import { type MemberRecord, memberSchema } from "./memberships";

/** An environment in the graph. v1 gives only its name. */
export type GraphEnvironment = Pick<EnvironmentRecord, "name" | "head" | "claim"> &
    Partial<Pick<EnvironmentRecord, "domains">>;

export interface GraphApplication extends ApplicationRecord {
    /** `/`, or the path that a split application answers for. */
    pathPrefix: string;
    environments: GraphEnvironment[];
}

export interface GraphOrganization {
    id: number;
    name: string;
    /** Undefined where the endpoint does not tell. */
    isAdmin?: boolean;
    /** Undefined where the endpoint does not tell, or not to this user. */
    members?: MemberRecord[];
    claim?: Claim;
    applications: GraphApplication[];
}

/**
 * Endpoints with the extension `account.graph_detail` answer all of it. Others ignore `detail` and answer v1's graph.
 */
export const graphPath = "/account/graph?detail=true";

const environment = z
    .looseObject({
        environment_name: z.string(),
        domains: z.array(attachedDomainSchema).optional(),
        head: z.looseObject({ commit: z.string(), tree: z.string() }).optional(),
        claim: claimSchema,
    })
    .transform(
        ({ environment_name, domains, head, claim }): GraphEnvironment => ({
            name: environment_name,
            domains,
            head,
            ...(claim && { claim }),
        }),
    );

function organizationSchema(client: Client) {
    const application = z.looseObject({
        id: z.number(),
        application_name: z.string(),
        path_prefix: z.string().default("/"),
        git_url: z.string().optional(),
        claim: claimSchema,
        environments: z.array(environment),
    });
    const fields = {
        id: z.number(),
        account_name: z.string(),
        is_admin: z.boolean().optional(),
        members: z.array(memberSchema).optional(),
        claim: claimSchema,
    };
    return z.looseObject({ ...fields, applications: z.array(application) }).transform(
        ({ id: organization, account_name, is_admin, members, claim, applications }): GraphOrganization => ({
            id: organization,
            name: account_name,
            isAdmin: is_admin,
            members,
            ...(claim && { claim }),
            applications: applications.map(
                ({ id, application_name: name, path_prefix, git_url, environments, claim: own }) => ({
                    id,
                    name,
                    gitUrl: git_url ?? defaultGitUrl(client, organization, { id, name }),
                    pathPrefix: path_prefix,
                    environments,
                    ...(own && { claim: own }),
                }),
            ),
        }),
    );
}

/** Everything that the token's user can see, in one request. */
export function readGraph(client: Client): Promise<GraphOrganization[]> {
    return client.read(graphPath, z.array(organizationSchema(client)));
}
