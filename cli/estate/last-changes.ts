import type { ApplicationResult } from "pulumi-section/internal";
import type { Client, HeadCommit } from "section-client";
import { type ChangeRecord, scanChanges } from "section-client";
import { productionName } from "section-model";
import type { LastChange } from "./report";

const deeds: Record<string, (change: ChangeRecord) => string> = {
    "application.create": () => "made the site",
    "environment.create": ({ thing }) => `made ${thing.environment}`,
    "environment.outage-page": ({ thing }) => `switched the outage page of ${thing.environment}`,
    "environment.dns-bypass": ({ thing }) => `changed the DNS bypass of ${thing.environment}`,
    "domain.attach": ({ thing }) => `attached ${thing.hostname}`,
    "domain.detach": ({ thing }) => `detached ${thing.hostname}`,
    "domain.move": ({ thing, from, to }) => `moved ${thing.hostname} from ${from} to ${to}`,
    "certificate.set": ({ thing }) => `set the certificate of ${thing.hostname}`,
    "claim.take": ({ from, to }) => (from === undefined ? `claimed it for ${to}` : `took it from ${from} for ${to}`),
    "claim.release": ({ from }) => `released it from ${from}`,
};

function lastChangeOf(change: ChangeRecord): LastChange {
    const { who, at, what, requestId } = change;
    return { who, at, what: deeds[what]?.(change) ?? what, ...(requestId && { request: requestId }) };
}

export function lastCommit({ id, subject, name, email, date }: HeadCommit): LastChange {
    return { who: `${name} <${email}>`, at: new Date(date).toISOString(), what: subject, commit: id };
}

/** The newest of them; undefined when there is none. */
export function newestOf(changes: readonly (LastChange | undefined)[]): LastChange | undefined {
    const known = changes.filter((change) => change !== undefined);
    return known.reduce<LastChange | undefined>(
        (newest, each) => (newest === undefined || each.at > newest.at ? each : newest),
        undefined,
    );
}

/**
 * A commit that the platform makes for a request has the platform's name. It comes at most this much after the
 * request's line in the log.
 */
const sameDeedMs = 2_000;

/**
 * The newest change of an environment: its head, or the log's. The log also knows the person for whom the platform made
 * the first commit.
 */
export function lastOf(commit: LastChange | undefined, logged: LastChange | undefined): LastChange | undefined {
    if (commit === undefined || logged === undefined) return commit ?? logged;
    return Date.parse(commit.at) - Date.parse(logged.at) > sameDeedMs ? commit : logged;
}

/** The newest lines of an organization's log, by id of site and environment. */
export type LoggedChanges = ReadonlyMap<string, LastChange>;

/** Reads a log until each environment has a line. */
export async function readLoggedChanges(
    client: Client,
    organization: number,
    applications: readonly ApplicationResult[],
): Promise<LoggedChanges> {
    const newest = new Map<string, LastChange>();
    const byHostname = new Map(
        applications.flatMap(({ id, environments }) =>
            environments.flatMap(({ domains }) =>
                domains.map((each) => [each.hostname, { site: id, environment: each.environment }]),
            ),
        ),
    );
    const wanted = new Set(applications.flatMap(({ environments }) => environments.map(({ id }) => id)));
    const note = (id: string, change: ChangeRecord) => {
        wanted.delete(id);
        if (!newest.has(id)) newest.set(id, lastChangeOf(change));
    };
    await scanChanges(client, organization, (change) => {
        const { applicationId, environment, hostname } = change.thing;
        const owner = hostname === undefined ? undefined : byHostname.get(hostname);
        const site = applicationId === undefined ? owner?.site : `${organization}/${applicationId}`;
        if (site === undefined) return false;
        note(site, change);
        const place = environment === undefined ? owner?.environment : `${site}/${environment}`;
        // a new site has its Production from the same request
        if (place !== undefined) note(place, change);
        else if (change.what === "application.create") note(`${site}/${productionName}`, change);
        return wanted.size === 0;
    });
    return newest;
}
