import {
    type BranchAddress,
    type EnvironmentPlace,
    type EnvironmentRecord,
    type Head,
    listApplications,
    listEnvironments,
    readCaller,
    readFeatures,
    withBranch,
} from "section-client";
import { Problem, resourceId } from "section-model";
import type { Session } from "./session";
import { relayWarning, withoutSecret } from "./warnings";

export async function findGitUrl(
    { client }: Session,
    { organization, application }: EnvironmentPlace,
): Promise<string> {
    const record = (await listApplications(client, organization)).find(({ id }) => id === application);
    if (record === undefined) throw new Problem("not-found", `there is no application ${organization}/${application}`);
    return record.gitUrl;
}

export async function branchAddress(session: Session, place: EnvironmentPlace, gitUrl: string): Promise<BranchAddress> {
    const { client, settings } = session;
    const [person, { extensions }] = await Promise.all([readCaller(client), readFeatures(client)]);
    return {
        gitUrl,
        branch: place.environment,
        token: settings.token,
        person,
        onWarning: (line) => relayWarning(session, `environment ${resourceId.environment(place)}`, line),
        conceal: (line) => withoutSecret(session.memory, line),
        ...(extensions.has("environment.commit") && { requests: { client, place } }),
    };
}

/** The head of the branch. Asks git where the endpoint does not tell it. */
export async function findHead(
    session: Session,
    place: EnvironmentPlace,
    gitUrl: string,
    { head }: EnvironmentRecord,
): Promise<Head> {
    return head ?? withBranch(await branchAddress(session, place, gitUrl), async (checkout) => checkout.head);
}

export async function findEnvironmentRecord(
    { client }: Session,
    place: EnvironmentPlace,
): Promise<EnvironmentRecord | undefined> {
    return (await listEnvironments(client, place)).find(({ name }) => name === place.environment);
}
