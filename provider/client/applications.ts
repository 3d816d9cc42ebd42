import { z } from "zod";
import type { Client } from "./client";
import { hostnamesPath, organizationsPath } from "./organizations";

export interface ApplicationRecord {
    id: number;
    /** The hostname that names it. */
    name: string;
    gitUrl: string;
}

const applicationsPath = (organization: number) => `/account/${organization}/application`;

function applicationSchema(client: Client, organization: number) {
    return z.looseObject({ id: z.number(), application_name: z.string(), git_url: z.string().optional() }).transform(
        ({ id, application_name, git_url }): ApplicationRecord => ({
            id,
            name: application_name,
            gitUrl: git_url ?? `${client.connection.endpoint}/account/${organization}/application/${id}/${application_name.replaceAll("/", "")}.git`,
        }),
    );
}

export async function listApplications(client: Client, organization: number): Promise<ApplicationRecord[]> {
    return client.read(applicationsPath(organization), z.array(applicationSchema(client, organization)));
}

export interface NewApplication {
    hostname: string;
    origin?: string;
    stack: string;
}

export async function createApplication(client: Client, organization: number, { hostname, origin, stack }: NewApplication): Promise<ApplicationRecord> {
    return client.write("POST", `${applicationsPath(organization)}/create`, {
        body: { hostname, origin, stackName: stack },
        answer: applicationSchema(client, organization),
        forgets: [applicationsPath(organization), organizationsPath, hostnamesPath(organization)],
    });
}

export async function deleteApplication(client: Client, organization: number, application: number): Promise<void> {
    await client.write("DELETE", `${applicationsPath(organization)}/${application}`, { forgets: [applicationsPath(organization)] });
}
