import { z } from "zod";
import type { Client } from "./client";
import { type EnvironmentPlace, hostnamesPath, readingsOfHostnames, takesFromBody } from "./environments";
import { organizationsPath } from "./organizations";

export interface ApplicationRecord {
    id: number;
    /** The hostname that names the application. */
    name: string;
    gitUrl: string;
}

/** The git URL by the reference documentation: endpoints without extensions do not tell it. */
export function defaultGitUrl(
    client: Client,
    organization: number,
    { id, name }: { id: number; name: string },
): string {
    return `${client.connection.endpoint}/account/${organization}/application/${id}/${name.replaceAll("/", "")}.git`;
}

const applicationsPath = (organization: number) => `/account/${organization}/application`;

function applicationSchema(client: Client, organization: number) {
    return z.looseObject({ id: z.number(), application_name: z.string(), git_url: z.string().optional() }).transform(
        ({ id, application_name, git_url }): ApplicationRecord => ({
            id,
            name: application_name,
            gitUrl: git_url ?? defaultGitUrl(client, organization, { id, name: application_name }),
        }),
    );
}

export async function listApplications(
    client: Client,
    organization: number,
    options?: { mayBeStale?: boolean },
): Promise<ApplicationRecord[]> {
    return client.read(applicationsPath(organization), z.array(applicationSchema(client, organization)), options);
}

export interface NewApplication {
    hostname: string;
    origin?: string;
    stack: string;
    takesFrom?: EnvironmentPlace;
}

export async function createApplication(
    client: Client,
    organization: number,
    { hostname, origin, stack, takesFrom }: NewApplication,
): Promise<ApplicationRecord> {
    return client.write("POST", `${applicationsPath(organization)}/create`, {
        body: { hostname, origin, stackName: stack, ...takesFromBody(takesFrom) },
        answer: applicationSchema(client, organization),
        forgets: [
            applicationsPath(organization),
            organizationsPath,
            hostnamesPath(organization),
            ...readingsOfHostnames(takesFrom),
        ],
    });
}

export async function deleteApplication(client: Client, organization: number, application: number): Promise<void> {
    await client.write("DELETE", `${applicationsPath(organization)}/${application}`, {
        forgets: [applicationsPath(organization)],
    });
}
