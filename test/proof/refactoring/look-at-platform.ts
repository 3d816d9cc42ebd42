import type { Api } from "../../support/api";

interface Claim {
    stack: string;
}

interface Graph {
    id: number;
    account_name: string;
    claim?: Claim;
    members: { email: string; accountCapability: string; claim?: Claim }[];
    applications: {
        id: number;
        application_name: string;
        claim?: Claim;
        environments: {
            environment_name: string;
            claim?: Claim;
            head: { commit: string };
            domains: { name: string; claim?: Claim }[];
        }[];
    }[];
}

/** A thing on the platform. */
export interface Thing {
    kind: "organization" | "membership" | "application" | "environment" | "domain";
    organization: number;
    /** What a person knows it by. */
    name: string;
    /** Everything about it that an edit may change; of an environment its head, of a domain its place. */
    value: string;
    /** The stack that holds it, where the platform tells. */
    holder?: string;
}

/**
 * Everything that a person sees: `application 7` -> the thing. The key of a thing never changes: one that is made again
 * has another key.
 */
export type Seen = ReadonlyMap<string, Thing>;

/** One line of an account's log. */
export interface LogLine {
    id: number;
    what: string;
    thing: { application_id?: number; environment_name?: string; hostname?: string; email?: string };
    organization: number;
}

export const keyOf = {
    organization: (organization: number) => `organization ${organization}`,
    membership: (organization: number, email: string) => `membership ${organization}/${email}`,
    application: (application: number | string | undefined) => `application ${application}`,
    environment: (application: number | string | undefined, branch: string | undefined) =>
        `environment ${application}/${branch}`,
    domain: (hostname: string | undefined) => `domain ${hostname}`,
};

export async function lookAtPlatform(api: Api): Promise<Seen> {
    const graph: Graph[] = await api.get("/account/graph?detail=true");
    const seen = new Map<string, Thing>();
    for (const { id: organization, account_name, claim, members, applications } of graph) {
        const put = (key: string, thing: Omit<Thing, "organization" | "holder">, by?: Claim) =>
            seen.set(key, { ...thing, organization, holder: by?.stack });
        put(keyOf.organization(organization), { kind: "organization", name: account_name, value: account_name }, claim);
        for (const member of members) {
            const thing = { kind: "membership" as const, name: member.email, value: member.accountCapability };
            put(keyOf.membership(organization, member.email), thing, member.claim);
        }
        for (const { id, application_name: site, environments, ...application } of applications) {
            const thing = { kind: "application" as const, name: site, value: site };
            put(keyOf.application(id), thing, application.claim);
            for (const { environment_name: branch, head, domains, ...environment } of environments) {
                const name = `${branch} of ${site}`;
                const key = keyOf.environment(id, branch);
                put(key, { kind: "environment", name, value: head.commit }, environment.claim);
                for (const domain of domains)
                    put(keyOf.domain(domain.name), { kind: "domain", name: domain.name, value: key }, domain.claim);
            }
        }
    }
    return seen;
}

/** Reads the lines of organizations' logs that came since the last time, the oldest first. */
export class LogReader {
    readonly #last = new Map<number, number>();

    constructor(readonly api: Api) {}

    async read(organizations: Iterable<number>): Promise<LogLine[]> {
        const lines: LogLine[] = [];
        for (const organization of new Set(organizations)) {
            const { status, json } = await this.api.call("GET", `/account/${organization}/changes?limit=500`);
            if (status !== 200) continue; // gone, or of somebody who is no admin
            const last = this.#last.get(organization) ?? 0;
            const fresh = (json as LogLine[]).filter(({ id }) => id > last).reverse();
            this.#last.set(organization, fresh.at(-1)?.id ?? last);
            lines.push(...fresh.map((line) => ({ ...line, organization })));
        }
        return lines;
    }
}
