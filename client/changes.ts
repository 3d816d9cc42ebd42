import type { ChangeKind } from "section-model";
import { z } from "zod";
import type { Client } from "./client";

/** One line of an account's log. */
export interface ChangeRecord {
    at: string;
    what: ChangeKind | (string & {});
    thing: { applicationId?: number; environment?: string; hostname?: string; email?: string };
    from?: string;
    to?: string;
    /** Name and address, or the operator's command. */
    who: string;
    requestId?: string;
}

/** The largest number of pages to search. */
const mostPages = 20;

const change = z.looseObject({
    id: z.number(),
    at: z.string(),
    what: z.string(),
    thing: z.looseObject({
        application_id: z.number().optional(),
        environment_name: z.string().optional(),
        hostname: z.string().optional(),
        email: z.string().optional(),
    }),
    from: z.string().nullable(),
    to: z.string().nullable(),
    user: z.looseObject({ name: z.string(), email: z.string() }).nullable(),
    command: z.string().nullable(),
    request_id: z.string().nullable(),
});

function recordOf({ at, what, thing, from, to, user, command, request_id }: z.infer<typeof change>): ChangeRecord {
    const { application_id: applicationId, environment_name: environment, hostname, email } = thing;
    const named = user?.name === user?.email ? user?.email : `${user?.name} <${user?.email}>`;
    return {
        at,
        what,
        thing: { applicationId, environment, hostname, email },
        from: from ?? undefined,
        to: to ?? undefined,
        who: named ?? `the operator (${command})`,
        requestId: request_id ?? undefined,
    };
}

/**
 * Reads an organization's log, newest lines first, until `isEnough`. Needs the extension `account.changes`. Calls
 * within seconds share the pages.
 */
export async function scanChanges(
    client: Client,
    organization: number,
    isEnough: (change: ChangeRecord) => boolean,
    pageSize = 500,
): Promise<void> {
    let before = "";
    for (let page = 0; page < mostPages; page += 1) {
        const lines = await client.read(`/account/${organization}/changes?limit=${pageSize}${before}`, z.array(change));
        if (lines.map(recordOf).some(isEnough) || lines.length < pageSize) return;
        before = `&before=${lines.at(-1)?.id}`;
    }
}

/** The newest line of the log that `isMeant` accepts. */
export async function findChange(
    client: Client,
    organization: number,
    isMeant: (change: ChangeRecord) => boolean,
    pageSize?: number,
): Promise<ChangeRecord | undefined> {
    let found: ChangeRecord | undefined;
    const look = (change: ChangeRecord) => {
        if (isMeant(change)) found = change;
        return found !== undefined;
    };
    await scanChanges(client, organization, look, pageSize);
    return found;
}
