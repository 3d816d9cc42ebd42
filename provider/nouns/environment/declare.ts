import { listApplications, withBranch } from "section-client";
import { parseEnvironmentId, productionName, resourceId } from "section-model";
import { branchAddress, findEnvironmentRecord } from "../../run/find-branch";
import type { Session } from "../../run/session";
import { unlessGone } from "../../run/unless-gone";
import type { Declared } from "../noun";
import { observeContent } from "./content";
import { keepDeclarable } from "./declarable-content";

/** All properties of section.config.json, whatever they are. */
const everything = { origin: { address: "" }, origins: {}, proxyChain: [], ipBlacklist: [] };

/**
 * The declaration that an existing environment satisfies: its name, its first hostname and the properties of its
 * configuration. Files stay unmanaged: a program has them in a folder, which nobody knows here.
 */
export async function declareEnvironment(session: Session, id: string): Promise<Declared | undefined> {
    const place = parseEnvironmentId(id);
    const { organization, application } = place;
    const [record, sites] = await Promise.all([
        unlessGone(findEnvironmentRecord(session, place)),
        unlessGone(listApplications(session.client, organization)),
    ]);
    const site = sites?.find((each) => each.id === application);
    if (record === undefined || site === undefined) return undefined;
    // Production has the application's hostname; further ones are a Domain each
    const isProduction = place.environment === productionName;
    const others = record.domains.map((each) => each.hostname).filter((each) => each !== site.name.toLowerCase());
    const [hostname] = isProduction ? [] : others;
    return withBranch(await branchAddress(session, place, site.gitUrl), async (checkout) => {
        const content = keepDeclarable(
            await observeContent(checkout, place.environment, everything),
            (property, reason) => session.tell(`environment ${id}: ${property} stays as it is, unmanaged: ${reason}`),
        );
        const named = { application: resourceId.application({ organization, application }), name: place.environment };
        return {
            inputs: { ...named, ...(hostname !== undefined && { hostname }), ...content },
            seen: { head: checkout.head.commit, tree: checkout.head.tree },
        };
    });
}
