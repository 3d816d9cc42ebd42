import { attachDomain, listEnvironments } from "section-client";
import { parseEnvironmentId, resourceId } from "section-model";
import { findHome, hasHomes } from "../protection/declared-homes";
import type { Session } from "../run/session";
import { unlessGone } from "../run/unless-gone";
import { canHandOver } from "./hostname-preflight";

/** Kinds whose deletion takes hostnames away. */
const holders: readonly string[] = ["application", "environment", "domain"];

/**
 * Gives hostnames of a thing that is to be deleted back to the environments that declare them. A hostname may be there
 * since an `up` that failed halfway and whose program was then taken back: the state still says where it was before.
 */
export async function bringHome(session: Session, kind: string, id: string): Promise<void> {
    const { client, memory, tell } = session;
    const [organization, application, environment, only] = id.split("/");
    // most deletions ask nothing here: a destroy declares nothing, and most hostnames that leave are declared nowhere
    const mayHaveHome = only === undefined ? hasHomes(memory) : findHome(memory, only) !== undefined;
    if (!holders.includes(kind) || !mayHaveHome || !(await canHandOver(session))) return;
    const place = { organization: Number(organization), application: Number(application) };
    for (const { name, domains } of (await unlessGone(listEnvironments(client, place))) ?? []) {
        if (environment !== undefined && name !== environment) continue;
        const from = { ...place, environment: name };
        for (const { hostname } of domains) {
            const home = findHome(memory, hostname);
            if (home === undefined || home.environment === resourceId.environment(from)) continue;
            if (only !== undefined && only !== hostname) continue;
            const to = parseEnvironmentId(home.environment);
            await attachDomain(client, to, hostname, undefined, { claim: home.claim, takesFrom: from });
            tell(`${hostname} goes back to environment ${home.environment}, which this operation declares`);
        }
    }
}
