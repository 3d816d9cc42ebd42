import type { NewClaim } from "section-model";
import { z } from "zod";
import { amendList } from "./amendment";
import { type Claim, claimSchema, makeDeletePath } from "./claim";
import type { Client } from "./client";
import { hostnamesPath, readingsOfHostnames, type TakesFrom, takesFromBody } from "./environments";

export interface ApplicationRecord {
    id: number;
    /** The hostname that names the application. */
    name: string;
    gitUrl: string;
    claim?: Claim;
}

/** The git URL by the reference documentation: endpoints without extensions do not tell it. */
export function defaultGitUrl(
    client: Client,
    organization: number,
    { id, name }: { id: number; name: string },
): string {
    return `${client.connection.endpoint}/account/${organization}/application/${id}/${name.replaceAll("/", "")}.git`;
}

export const applicationsPath = (organization: number) => `/account/${organization}/application`;

function applicationSchema(client: Client, organization: number) {
    const fields = {
        id: z.number(),
        application_name: z.string(),
        git_url: z.string().optional(),
        claim: claimSchema,
    };
    return z.looseObject(fields).transform(
        ({ id, application_name, git_url, claim }): ApplicationRecord => ({
            id,
            name: application_name,
            gitUrl: git_url ?? defaultGitUrl(client, organization, { id, name: application_name }),
            ...(claim && { claim }),
        }),
    );
}

export async function listApplications(
    client: Client,
    organization: number,
    options?: { mayBeStale?: boolean },
): Promise<ApplicationRecord[]> {
    const answer = () => z.array(applicationSchema(client, organization));
    return client.read(applicationsPath(organization), answer, options);
}

export interface NewApplication {
    hostname: string;
    origin?: string;
    stack: string;
    claim?: NewClaim;
    takesFrom?: TakesFrom;
}

export async function createApplication(
    client: Client,
    organization: number,
    { hostname, origin, stack, claim, takesFrom }: NewApplication,
): Promise<ApplicationRecord> {
    return client.write("POST", `${applicationsPath(organization)}/create`, {
        body: { hostname, origin, stackName: stack, claim, ...takesFromBody(takesFrom) },
        answer: applicationSchema(client, organization),
        forgets: [applicationsPath(organization), hostnamesPath(organization), ...readingsOfHostnames(takesFrom)],
        amends: (record) => [amendList(applicationsPath(organization), "id", record)],
    });
}

/** @param claim the id of the claim that it must have, or `none` */
export async function deleteApplication(
    client: Client,
    organization: number,
    application: number,
    claim?: string,
): Promise<void> {
    await client.write("DELETE", makeDeletePath(`${applicationsPath(organization)}/${application}`, claim), {
        forgets: [applicationsPath(organization)],
    });
}
