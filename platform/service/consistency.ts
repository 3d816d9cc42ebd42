import { listEveryApplication } from "../store/applications";
import { listEnvironments } from "../store/environments";
import { countEffects } from "../store/outbox";
import type { Context } from "./context";
import { listLostPayloads } from "./payloads";

/** Something that the two homes of facts disagree about. */
export interface Finding {
    kind: "repository-missing" | "branch-missing" | "repository-orphaned" | "payload-missing" | "effect-pending";
    message: string;
}

const checkedAtOnce = 32;

/** Compares rows with repositories and branches. Finds nothing on a platform that only ever crashed, because boot finishes what a crash left. */
export async function checkConsistency(context: Context): Promise<Finding[]> {
    const { store, repositories } = context;
    const findings: Finding[] = [];
    const onDisk = await repositories.listApplications(); // before the rows: a row is always older than its repository
    const applications = await listEveryApplication(store.database);
    const known = new Set(applications.map(({ id }) => id));
    for (const id of onDisk.filter((each) => !known.has(each)))
        findings.push({ kind: "repository-orphaned", message: `repository ${id} belongs to no application` });
    const queue = applications.filter(({ state }) => state === "ready");
    const work = async () => {
        for (let application = queue.pop(); application !== undefined; application = queue.pop()) {
            const key = { accountId: application.account_id, applicationId: application.id };
            if (!(await repositories.exists(key))) {
                findings.push({ kind: "repository-missing", message: `application ${application.id} has no repository` });
                continue;
            }
            for (const { name } of await listEnvironments(store.database, key.accountId, key.applicationId)) {
                if ((await repositories.head(key, name)) === undefined)
                    findings.push({ kind: "branch-missing", message: `environment ${name} of application ${key.applicationId} has no branch` });
            }
        }
    };
    await Promise.all(Array.from({ length: checkedAtOnce }, work));
    for (const id of await listLostPayloads(context)) findings.push({ kind: "payload-missing", message: `upload ${id} has no file` });
    const pending = await countEffects(store.database);
    if (pending > 0) findings.push({ kind: "effect-pending", message: `${pending} changes wait to be finished` });
    return findings;
}
