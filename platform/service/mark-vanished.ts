import { appendFile, readFile, writeFile } from "node:fs/promises";
import type { ApplicationRow, EnvironmentRow } from "../store/database";
import { type Dump, dumpFile } from "../store/dump-tables";
import type { InGit } from "./backup-repositories";
import type { Effects } from "./effects";

async function readRows<T>(file: string): Promise<T[]> {
    const lines = (await readFile(file, "utf8")).split("\n");
    return lines.flatMap((line) => (line === "" ? [] : [JSON.parse(line) as T]));
}

/** Marks rows of a dumped table as being deleted. The others stay as they are, to the letter. */
async function markDeleting(file: string, ids: ReadonlySet<number>): Promise<void> {
    if (ids.size === 0) return;
    const lines = (await readFile(file, "utf8")).split("\n").map((line) => {
        const row = line === "" ? undefined : JSON.parse(line);
        return row !== undefined && ids.has(row.id) ? JSON.stringify({ ...row, state: "deleting" }) : line;
    });
    await writeFile(file, lines.join("\n"));
}

/** An environment goes from a root and from every application split from it, or from none of them. */
async function deletionsOf(
    spool: string,
    { applications: goneApplications, environments: goneEnvironments }: InGit,
): Promise<Effects["delete-environment"][]> {
    if (goneEnvironments.length === 0) return [];
    const applications = await readRows<Partial<Pick<ApplicationRow, "root_id">> & { id: number }>(
        dumpFile(spool, "applications"),
    );
    const roots = new Map(applications.map(({ id, root_id }) => [id, root_id ?? id]));
    const goneIds = new Set(goneApplications.map(({ id }) => id));
    const deletions = new Map<string, Effects["delete-environment"]>();
    const keyOf = ({ application_id, name }: Pick<EnvironmentRow, "application_id" | "name">) =>
        `${roots.get(application_id)} ${name}`;
    for (const gone of goneEnvironments.filter(({ application_id }) => !goneIds.has(application_id)))
        deletions.set(keyOf(gone), { accountId: gone.account_id, places: [], name: gone.name });
    for (const row of await readRows<EnvironmentRow>(dumpFile(spool, "environments")))
        if (row.state === "ready")
            deletions.get(keyOf(row))?.places.push({ applicationId: row.application_id, environmentId: row.id });
    return [...deletions.values()];
}

/**
 * Makes a dump agree with repositories and branches that were deleted after it was taken: their rows become rows that
 * are being deleted, with the intents that a platform finishes when it starts. Returns the number of rows that each
 * table has then.
 */
export async function markVanished(
    spool: string,
    { tables }: Dump,
    gone: InGit,
    takenAt: Date,
): Promise<Dump["tables"]> {
    const environments = await deletionsOf(spool, gone);
    const applications: Effects["delete-application"][] = gone.applications.map(({ id, account_id }) => ({
        accountId: account_id,
        applicationId: id,
    }));
    await markDeleting(
        dumpFile(spool, "applications"),
        new Set(applications.map(({ applicationId }) => applicationId)),
    );
    await markDeleting(
        dumpFile(spool, "environments"),
        new Set(environments.flatMap(({ places }) => places.map(({ environmentId }) => environmentId))),
    );
    const intents = [
        ...applications.map((payload) => ({ kind: "delete-application", payload })),
        ...environments.map((payload) => ({ kind: "delete-environment", payload })),
    ];
    const file = dumpFile(spool, "outbox");
    const taken = (await readRows<{ id: number }>(file)).map(({ id }) => id);
    const lowest = Math.min(0, ...taken); // numbers below zero: the sequence gives none of them
    const rows = intents.map((intent, index) => ({
        id: lowest - 1 - index,
        ...intent,
        claimed_until: takenAt.toISOString(),
    }));
    await appendFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    return { ...tables, outbox: (tables.outbox ?? 0) + rows.length };
}
