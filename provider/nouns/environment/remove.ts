import path from "node:path";
import { deleteEnvironment, listApplications, readFeatures } from "section-client";
import { parseEnvironmentId, productionName } from "section-model";
import { countDeletion } from "../../protection/count-deletions";
import { refuseLiveDomains } from "../../protection/live-domains";
import { refuseAnotherThing } from "../../protection/refuse-another-thing";
import { findEnvironmentRecord } from "../../run/find-branch";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import type { Found } from "../noun";
import type { EnvironmentOutputs } from "./observe";

/** Refuses an id that belongs to another application here: then the repository differs too. */
async function refuseOtherApplication(
    { client }: Session,
    { id, outputs: { gitUrl } }: Found<EnvironmentOutputs>,
): Promise<void> {
    const { organization, application } = parseEnvironmentId(id);
    const applications = await unlessGone(listApplications(client, organization, { mayBeStale: true }));
    const record = applications?.find((each) => each.id === application);
    // on every platform the address of the repository ends with the hostname of the application
    const siteOf = (url: string | undefined) => url && path.posix.basename(url, ".git");
    refuseAnotherThing(`the application of environment ${id}`, siteOf(record?.gitUrl), siteOf(gitUrl));
}

export async function removeEnvironment(
    session: Session,
    found: Found<EnvironmentOutputs>,
    claim?: string,
): Promise<void> {
    const { id } = found;
    await refuseOtherApplication(session, found);
    const place = parseEnvironmentId(id);
    // Production stays as long as its application, with its configuration
    if (place.environment === productionName) return;
    const { client, tell } = session;
    const { extensions } = await readFeatures(client);
    if (!extensions.has("environment.delete")) {
        tell(`environment ${id} is kept: ${client.connection.endpoint} cannot delete environments`);
        return;
    }
    const record = await unlessGone(findEnvironmentRecord(session, place));
    if (record === undefined) return;
    await refuseLiveDomains(session, place, id, record.domains);
    await countDeletion(session, `environment ${id}`, async () => {
        await unlessGone(deleteEnvironment(client, place, claim));
    });
}
