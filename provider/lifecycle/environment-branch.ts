import { Problem } from "section-model";
import { listApplications } from "../client/applications";
import { type EnvironmentPlace, type EnvironmentRecord, listEnvironments } from "../client/environments";
import { readCaller } from "../client/platform";
import { type BranchAddress, type Head, withBranch } from "../repository/repository";
import type { Session } from "./session";

export async function findGitUrl(
    { client }: Session,
    { organization, application }: EnvironmentPlace,
): Promise<string> {
    const record = (await listApplications(client, organization)).find(({ id }) => id === application);
    if (record === undefined) throw new Problem("not-found", `there is no application ${organization}/${application}`);
    return record.gitUrl;
}

export async function branchAddress(session: Session, place: EnvironmentPlace, gitUrl: string): Promise<BranchAddress> {
    return {
        gitUrl,
        branch: place.environment,
        token: session.settings.token,
        person: await readCaller(session.client),
    };
}

/** Where the branch is; git is asked where the endpoint does not say. */
export async function readHead(
    session: Session,
    place: EnvironmentPlace,
    gitUrl: string,
    { head }: EnvironmentRecord,
): Promise<Head> {
    return head ?? withBranch(await branchAddress(session, place, gitUrl), async (checkout) => checkout.head);
}

export async function findEnvironment(
    { client }: Session,
    place: EnvironmentPlace,
): Promise<EnvironmentRecord | undefined> {
    return (await listEnvironments(client, place)).find(({ name }) => name === place.environment);
}
