import { deleteApplication } from "section-client";
import { parseApplicationId } from "section-model";
import { countDeletion } from "../../protection/count-deletions";
import { refuseLiveSite } from "../../protection/live-site";
import { refuseAnotherThing } from "../../protection/refuse-another-thing";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import type { Found } from "../noun";
import { type ApplicationOutputs, findApplicationRecord } from "./observe";

export async function removeApplication(
    session: Session,
    { id, outputs: { hostname } }: Found<ApplicationOutputs>,
    claim?: string,
): Promise<void> {
    const { client } = session;
    const place = parseApplicationId(id);
    const record = await findApplicationRecord(client, place, { mayBeStale: true });
    refuseAnotherThing(`application ${id}`, record?.name.toLowerCase(), hostname);
    if (!(await refuseLiveSite(session, id, hostname))) return;
    await countDeletion(session, `site ${hostname}`, async () => {
        await unlessGone(deleteApplication(client, place.organization, place.application, claim));
    });
}
