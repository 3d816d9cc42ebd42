import type { Step } from "section-display";
import { tellsDamage } from "../damage";
import type { RepositoryKey } from "../git/repositories";
import type { RepositoryFault } from "../git/upkeep/inspect-repository";
import { listEveryApplication } from "../store/applications";
import type { ApplicationRow, Database, EnvironmentRow } from "../store/database";
import { listEveryEnvironment } from "../store/environments";
import type { TableFault } from "../store/inspect-tables";
import { countEffects } from "../store/outbox";
import type { Context } from "./context";
import { listLostPayloads } from "./payloads";

/** Something that the two homes of facts disagree about, or that one of them does not hold as it was written. */
export interface Finding {
    kind:
        | "repository-missing"
        | "branch-missing"
        | "repository-orphaned"
        | "payload-missing"
        | "effect-pending"
        | RepositoryFault["kind"]
        | TableFault["kind"];
    message: string;
}

interface Ready {
    applications: Pick<ApplicationRow, "id" | "account_id">[];
    environments: Pick<EnvironmentRow, "id" | "account_id" | "application_id" | "name">[];
}

interface Missing extends Ready {
    /** Branches that are there and cannot be read. */
    damage: string[];
}

export interface Checking {
    /** Ends it early, with the findings so far. */
    hurry?: AbortSignal;
    /** Told of every application and environment that was looked at. */
    step?: Step;
}

const checkedAtOnce = 32;

async function listReady(database: Database, every?: Awaited<ReturnType<typeof listEveryApplication>>): Promise<Ready> {
    const applications = (every ?? (await listEveryApplication(database))).filter(({ state }) => state === "ready");
    return {
        applications,
        environments: (await listEveryEnvironment(database)).filter(({ state }) => state === "ready"),
    };
}

/** Of a list the items for which `test` holds, many tested at once. */
async function filterAtOnce<T>(
    items: readonly T[],
    test: (item: T) => Promise<boolean>,
    hurry?: AbortSignal,
): Promise<T[]> {
    const [queue, found] = [[...items], [] as T[]];
    const work = async () => {
        for (let item = queue.pop(); item !== undefined && !hurry?.aborted; item = queue.pop())
            if (await test(item)) found.push(item);
    };
    await Promise.all(Array.from({ length: checkedAtOnce }, work));
    return found;
}

/** Applications without a repository, and environments without a branch in repositories that are there. */
async function findMissing(
    { repositories }: Context,
    { applications, environments }: Ready,
    { hurry, step }: Checking,
): Promise<Missing> {
    let looked = 0;
    const damage: string[] = [];
    const hasBranch = (key: RepositoryKey, name: string) =>
        repositories.hasBranch(key, name).catch((error) => {
            if (!tellsDamage(error)) throw error;
            damage.push(error.detail);
            return true;
        });
    const counted =
        <T>(test: (item: T) => Promise<boolean>) =>
        async (item: T) => {
            const answer = await test(item);
            looked += 1;
            step?.(looked, applications.length + environments.length);
            return answer;
        };
    const keyOf = (accountId: number, applicationId: number) => ({ accountId, applicationId });
    const bare = await filterAtOnce(
        applications,
        counted(async ({ id, account_id }) => !(await repositories.exists(keyOf(account_id, id)))),
        hurry,
    );
    const housed = new Set(applications.map(({ id }) => id));
    for (const { id } of bare) housed.delete(id);
    const cut = await filterAtOnce(
        environments.filter(({ application_id }) => housed.has(application_id)),
        counted(
            async ({ account_id, application_id, name }) => !(await hasBranch(keyOf(account_id, application_id), name)),
        ),
        hurry,
    );
    return { applications: bare, environments: cut, damage };
}

/** Missing things that still should be there: a running platform deletes things while they are looked for. */
async function confirmMissing(context: Context, missing: Missing): Promise<Missing> {
    if (missing.applications.length + missing.environments.length === 0) return missing;
    const now = await listReady(context.store.database);
    const [applications, environments] = [
        new Set(now.applications.map(({ id }) => id)),
        new Set(now.environments.map(({ id }) => id)),
    ];
    return {
        damage: missing.damage,
        applications: missing.applications.filter(({ id }) => applications.has(id)),
        environments: missing.environments.filter(
            ({ id, application_id }) => environments.has(id) && applications.has(application_id),
        ),
    };
}

/** Of repositories without a row those that are still there: a row goes after its repository. */
async function confirmOrphans({ repositories }: Context, orphans: readonly number[]): Promise<number[]> {
    if (orphans.length === 0) return [];
    const still = new Set(await repositories.listApplications());
    return orphans.filter((id) => still.has(id));
}

/**
 * Compares rows with repositories and branches, also while the platform serves. Finds nothing on a platform that only
 * ever crashed, because boot finishes interrupted work.
 */
export async function checkConsistency(context: Context, checking: Checking = {}): Promise<Finding[]> {
    const { store, repositories } = context;
    const onDisk = await repositories.listApplications(); // before the rows: a row is always older than its repository
    const every = await listEveryApplication(store.database);
    const known = new Set(every.map(({ id }) => id));
    const orphans = onDisk.filter((id) => !known.has(id));
    const findings: Finding[] = (await confirmOrphans(context, orphans)).map((id) => ({
        kind: "repository-orphaned",
        message: `repository ${id} belongs to no application`,
    }));
    const missing = await confirmMissing(
        context,
        await findMissing(context, await listReady(store.database, every), checking),
    );
    for (const { id } of missing.applications)
        findings.push({ kind: "repository-missing", message: `application ${id} has no repository` });
    for (const { name, application_id } of missing.environments)
        findings.push({
            kind: "branch-missing",
            message: `environment ${name} of application ${application_id} has no branch`,
        });
    for (const message of new Set(missing.damage)) findings.push({ kind: "reference-damaged", message });
    for (const id of await listLostPayloads(context))
        findings.push({ kind: "payload-missing", message: `upload ${id} has no file` });
    const pending = await countEffects(store.database);
    if (pending > 0) findings.push({ kind: "effect-pending", message: `${pending} changes wait to be finished` });
    return findings;
}
