import type { ArchiveWriter } from "../archive/archive-writer";
import { refOfBranch } from "../git/references/reference-name";
import { listAllReferences, resolveReference } from "../git/references/references";
import type { Repositories } from "../git/repositories";
import {
    type ChooseReferences,
    type References,
    RepositoryCopier,
    RepositoryGone,
} from "../git/upkeep/repository-copier";
import { listEveryApplication } from "../store/applications";
import type { ApplicationRow, Database, EnvironmentRow } from "../store/database";
import { listEveryEnvironment } from "../store/environments";

type Application = Pick<ApplicationRow, "id" | "account_id" | "state">;
type Environment = Pick<EnvironmentRow, "id" | "account_id" | "application_id" | "name" | "state">;

/** Rows of things that git should have, or those of them that git has no longer. */
export interface InGit {
    applications: Application[];
    environments: Environment[];
}

const readAtOnce = 32;

export async function readExpected(transaction: Database): Promise<InGit> {
    return {
        applications: await listEveryApplication(transaction),
        environments: await listEveryEnvironment(transaction),
    };
}

function groupByApplication(environments: readonly Environment[]): Map<number, Environment[]> {
    const groups = new Map<number, Environment[]>();
    for (const environment of environments) {
        const group = groups.get(environment.application_id);
        if (group === undefined) groups.set(environment.application_id, [environment]);
        else group.push(environment);
    }
    return groups;
}

/** The repositories of a backup; `writeBackup` says why in this order. */
export class RepositoryBackup {
    private constructor(
        private readonly repositories: Repositories,
        private readonly before: ReadonlyMap<number, References>,
    ) {}

    /** Looks at the branches and tags of every repository. */
    static async begin(repositories: Repositories): Promise<RepositoryBackup> {
        const before = new Map<number, References>();
        const queue = await repositories.listApplications();
        const work = async () => {
            for (let id = queue.pop(); id !== undefined; id = queue.pop())
                before.set(id, await listAllReferences(repositories.folder({ accountId: 0, applicationId: id })));
        };
        await Promise.all(Array.from({ length: readAtOnce }, work));
        return new RepositoryBackup(repositories, before);
    }

    /** Copies every repository that a row names. Returns the ready rows whose repository or branch is gone. */
    async write(writer: ArchiveWriter, { applications, environments }: InGit): Promise<InGit> {
        const gone: InGit = { applications: [], environments: [] };
        const copier = new RepositoryCopier();
        const ofApplication = groupByApplication(environments);
        for (const application of applications) {
            const gitDir = this.repositories.folder({
                accountId: application.account_id,
                applicationId: application.id,
            });
            const choose = this.#choose(gitDir, application.id, ofApplication.get(application.id) ?? [], gone);
            try {
                for await (const file of copier.copy(gitDir, `repositories/${application.id}`, choose)) {
                    if ("link" in file) await writer.addLink(file.name, file.link);
                    else if ("content" in file) await writer.addFile(file.name, file.content);
                    else await writer.addStream(file.name, file.size, file.stream);
                }
            } catch (error) {
                if (!(error instanceof RepositoryGone)) throw error;
                if (application.state === "ready") gone.applications.push(application);
            }
        }
        return gone;
    }

    #choose(gitDir: string, id: number, environments: readonly Environment[], gone: InGit): ChooseReferences {
        const before: References = this.before.get(id) ?? new Map();
        return async (now) => {
            const chosen = new Map<string, string>();
            const readNow = async (ref: string) => now.get(ref) ?? (await resolveReference(gitDir, ref));
            for (const environment of environments) {
                const ref = refOfBranch(environment.name);
                const head = (await readNow(ref)) ?? before.get(ref);
                if (head !== undefined) chosen.set(ref, head);
                else if (environment.state === "ready") gone.environments.push(environment);
            }
            for (const ref of before.keys()) {
                const oid = await readNow(ref);
                if (oid !== undefined) chosen.set(ref, oid);
            }
            return chosen;
        };
    }
}
