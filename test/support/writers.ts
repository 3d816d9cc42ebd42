import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Api } from "./api";
import type { Choices } from "./choices";
import { mustGit } from "./git";

interface Change {
    begunAt: number;
    /** Missing while it is not known whether it was carried out. */
    endedAt?: number;
    isThere: boolean;
}

/** Acknowledged changes of writers, with their times: of applications, environments and commits. */
export class Ledger {
    readonly #changes = new Map<string, Change[]>();
    readonly #commits = new Map<string, { oid: string; endedAt: number }[]>();
    acknowledged = 0;

    /** Notes a change of a thing while it is made. */
    async change<T>(thing: string, isThere: boolean, make: () => Promise<T>): Promise<T> {
        const change: Change = { begunAt: performance.now(), isThere };
        const changes = this.#changes.get(thing) ?? [];
        this.#changes.set(thing, [...changes, change]);
        const made = await make();
        change.endedAt = performance.now();
        this.acknowledged += 1;
        return made;
    }

    committed(environment: string, oid: string): void {
        this.#commits.set(environment, [
            ...(this.#commits.get(environment) ?? []),
            { oid, endedAt: performance.now() },
        ]);
        this.acknowledged += 1;
    }

    /**
     * Whether a thing must be there or must not, in a picture taken between two times; undefined where both would be
     * right.
     */
    expected(thing: string, from: number, until: number): boolean | undefined {
        const changes = (this.#changes.get(thing) ?? []).filter(({ begunAt }) => begunAt < until);
        if (changes.some(({ endedAt }) => endedAt === undefined || endedAt > from)) return undefined;
        return changes.at(-1)?.isThere;
    }

    things(): string[] {
        return [...this.#changes.keys()];
    }

    /** The commits of an environment that must be there, if it is. */
    commits(environment: string, from: number): string[] {
        const since = (this.#changes.get(environment) ?? []).findLast(({ isThere }) => isThere)?.endedAt ?? 0;
        return (this.#commits.get(environment) ?? [])
            .filter(({ endedAt }) => endedAt > since && endedAt < from)
            .map(({ oid }) => oid);
    }
}

export interface Writing {
    api: Api;
    ledger: Ledger;
    choices: Choices;
    isOver(): boolean;
}

/** Makes, changes and deletes sites of an account of its own, one after the other, until it is over. */
export async function writeByRest({ api, ledger, choices, isOver }: Writing, name: string): Promise<void> {
    const { id: account } = await api.must("POST", "/account", { name });
    const sites = new Map<number, Set<string>>();
    const at = (application: number) => `/account/${account}/application/${application}`;
    for (let count = 0; !isOver(); count += 1) {
        const dice = choices.fraction();
        const application = choices.pick<number | undefined>(...sites.keys());
        const environments = sites.get(application ?? 0) ?? new Set();
        if (application === undefined || (dice < 0.25 && sites.size < 8)) {
            const hostname = `${name}-${count}.acme.example`;
            // its id is known when it is made, so it is noted as made at that time: begun before any picture that has
            // it
            const { id } = await api.must("POST", `/account/${account}/application/create`, {
                hostname,
                origin: "192.0.2.1",
            });
            await ledger.change(`application ${id}`, true, async () => {});
            await ledger.change(`environment ${id} Production`, true, async () => {});
            sites.set(id, new Set());
        } else if (dice < 0.4) {
            const things = [...environments].map((environment) => `environment ${application} ${environment}`);
            const remove = () => api.must("DELETE", at(application));
            const within = [`environment ${application} Production`, ...things].reduce(
                (inner, thing) => () => ledger.change(thing, false, inner),
                remove,
            );
            await ledger.change(`application ${application}`, false, within);
            sites.delete(application);
        } else if (dice < 0.6 && environments.size < 2) {
            const environment = environments.has("Staging") ? "Test" : "Staging";
            const body = {
                name: environment,
                source_environment_name: "Production",
                domain_name: `${name}-${count}-e.acme.example`,
            };
            await ledger.change(`environment ${application} ${environment}`, true, () =>
                api.must("POST", `${at(application)}/environment/create`, body),
            );
            environments.add(environment);
        } else if (dice < 0.75 && environments.size > 0) {
            const environment = choices.pick(...environments);
            await ledger.change(`environment ${application} ${environment}`, false, () =>
                api.must("DELETE", `${at(application)}/environment/${environment}`),
            );
            environments.delete(environment);
        } else {
            const environment = choices.pick("Production", ...environments);
            await api.must("POST", `${at(application)}/environment/${environment}/ipRestrictions`, {
                ip_blacklist: [`192.0.2.${count % 250}`],
            });
            const { commit } = await api.get(`${at(application)}/environment/${environment}/head`);
            ledger.committed(`environment ${application} ${environment}`, commit);
        }
    }
}

/** Pushes commits to one site until it is over. */
export async function writeByGit({ api, ledger, isOver }: Writing, name: string, folder: string): Promise<void> {
    const { application, gitUrl } = await api.makeSite(name, `${name}.acme.example`);
    for (const thing of [`application ${application}`, `environment ${application} Production`])
        await ledger.change(thing, true, async () => {});
    await mkdir(folder, { recursive: true });
    const clone = path.join(folder, name);
    await mustGit(folder, api.token, "clone", "--quiet", gitUrl, clone);
    for (let count = 0; !isOver(); count += 1) {
        await mustGit(clone, undefined, "commit", "--quiet", "--allow-empty", "--message", `push ${count}`);
        await mustGit(clone, api.token, "push", "--quiet");
        ledger.committed(
            `environment ${application} Production`,
            (await mustGit(clone, undefined, "rev-parse", "HEAD")).trim(),
        );
    }
}
