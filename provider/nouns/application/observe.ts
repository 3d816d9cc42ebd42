import {
    type ApplicationPlace,
    type ApplicationRecord,
    type Client,
    listApplications,
    readFeatures,
} from "section-client";
import { cnameTarget, edgeDomainOf, parseApplicationId, resourceId } from "section-model";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import type { Found } from "../noun";

export interface ApplicationOutputs {
    organization: string;
    hostname: string;
    origin?: string;
    stack?: string;
    gitUrl: string;
    cname: string;
}

export function foundApplication(
    organization: number,
    record: ApplicationRecord,
    settings: Pick<ApplicationOutputs, "origin" | "stack">,
    edgeDomain?: string,
): Found<ApplicationOutputs> {
    const hostname = record.name.toLowerCase();
    const outputs = {
        organization: String(organization),
        hostname,
        ...settings,
        gitUrl: record.gitUrl,
        cname: cnameTarget(hostname, edgeDomain),
    };
    return { id: resourceId.application({ organization, application: record.id }), outputs };
}

export async function findApplicationRecord(
    client: Client,
    { organization, application }: ApplicationPlace,
    options?: { mayBeStale?: boolean },
): Promise<ApplicationRecord | undefined> {
    return (await unlessGone(listApplications(client, organization, options)))?.find(({ id }) => id === application);
}

export async function observeApplication(
    { client }: Session,
    id: string,
    { cname, origin, stack }: Partial<ApplicationOutputs>,
): Promise<Found<ApplicationOutputs> | undefined> {
    const place = parseApplicationId(id);
    const record = await findApplicationRecord(client, place);
    if (record === undefined) return undefined;
    const edgeDomain =
        cname === undefined ? (await readFeatures(client)).edgeDomain : edgeDomainOf(record.name.toLowerCase(), cname);
    return foundApplication(place.organization, record, { origin, stack }, edgeDomain);
}
