import { branchAddress, changedContent, type Session, trailerOf } from "pulumi-section/internal";
import { type AllBranches, type BranchAddress, type PastCommit, readPast, withAllBranches } from "section-client";
import { Problem, parseEnvironmentId } from "section-model";
import type { ChosenSite } from "./choose-site";

/** A commit of an environment. */
export interface HistoryCommit {
    /** Its whole id. */
    commit: string;
    /** A moment in ISO 8601. */
    at: string;
    who: { name: string; email: string };
    /** The first line of its message. */
    what: string;
    /** Whose program made it, as `agency/prod` and the name of the resource. Undefined for a commit by hand. */
    stack?: string;
    resource?: string;
    /** The commit that the folder of the program was at. */
    program?: string;
    /** The commit whose content it put here. */
    promoted?: string;
    /** The names of the environments that have its content now. */
    servedBy: string[];
    /** The line of a program that puts it live. */
    line: string;
}

export interface EnvironmentHistory {
    id: string;
    name: string;
    /** The newest first. */
    commits: HistoryCommit[];
    /** True when there are older ones. */
    hasMore: boolean;
}

/** The commits of a site, by environment. */
export interface SiteHistory {
    endpoint: string;
    client: { id: string; name: string };
    site: { id: string; hostname: string };
    environments: EnvironmentHistory[];
}

/** Part of the commits of an environment. */
export interface HistoryPage {
    /** The largest number of commits of each environment. */
    limit: number;
    /** Only those before this commit, which is named by the first digits of its id. */
    before?: string;
}

/** Enough digits for a program to name a commit. */
const shortDigits = 10;
export const shortId = (commit: string) => commit.slice(0, shortDigits);

/** Trailers of the commits that a program makes. */
const trailers = {
    stack: "Pulumi-Stack",
    resource: "Pulumi-Resource",
    program: "Program-Commit",
    promoted: "Promoted-Commit",
};

function describeCommit({ id, name, email, date, subject, message }: PastCommit): Omit<HistoryCommit, "servedBy"> {
    const told = Object.entries(trailers).map(([key, trailer]) => [key, trailerOf(message, trailer)] as const);
    return {
        commit: id,
        at: new Date(date).toISOString(),
        who: { name, email },
        what: subject,
        ...Object.fromEntries(told.filter(([, value]) => value !== undefined)),
        line: `promote: "${shortId(id)}"`,
    };
}

/** The first commit of a page among all newer ones. */
function startOf(commits: readonly PastCommit[], before: string | undefined): number {
    return before === undefined ? 0 : commits.findIndex(({ id }) => id.startsWith(before.toLowerCase())) + 1;
}

interface ReadBranch {
    id: string;
    name: string;
    address: BranchAddress;
    /** Those that were read, the newest first. */
    commits: readonly PastCommit[];
    /** One more than the page, where there are more. Undefined where it does not have the commit before the page. */
    page: PastCommit[] | undefined;
}

async function readBranch(
    session: Session,
    { id, name, gitUrl }: ChosenSite["environments"][number],
    { limit, before }: HistoryPage,
): Promise<ReadBranch> {
    const address = await branchAddress(session, parseEnvironmentId(id), gitUrl);
    const hasStart = (commits: readonly PastCommit[]) => before === undefined || startOf(commits, before) > 0;
    const commits = await readPast(
        address,
        (known) => hasStart(known) && known.length > startOf(known, before) + limit,
    );
    const start = startOf(commits, before);
    const page = hasStart(commits) ? commits.slice(start, start + limit + 1) : undefined;
    return { id, name, address, commits, page };
}

/** How many commits are compared with the newest one of their branch. */
const comparedAtMost = 20;

/**
 * The commits whose content an environment has: the newest one, those before it that differ in environments' blocks
 * alone, as a promotion sees it, and the ones that these have promoted.
 */
async function listServed(branches: AllBranches, [head, ...older]: readonly PastCommit[]): Promise<string[]> {
    if (head === undefined) return [];
    const served = [head];
    for (const commit of older.slice(0, comparedAtMost)) {
        if ((await changedContent(branches, commit.id, head.id)).length > 0) break;
        served.push(commit);
    }
    return served.flatMap(({ id, message }) => [id, trailerOf(message, trailers.promoted) ?? id]);
}

/** Finds the names of the environments that have the content of a commit now. */
async function findServing(site: readonly ReadBranch[]): Promise<(commit: string) => string[]> {
    const [first] = site;
    if (first === undefined) return () => [];
    const served = await withAllBranches(first.address, (branches) =>
        Promise.all(site.map(async ({ name, commits }) => ({ name, commits: await listServed(branches, commits) }))),
    );
    return (commit) => served.filter(({ commits }) => commits.includes(commit)).map(({ name }) => name);
}

/** Reads the commits of a site's environments. */
export async function readHistory(
    session: Session,
    { organization, site, environments }: ChosenSite,
    page: HistoryPage,
): Promise<SiteHistory> {
    const isChosen = ({ id }: { id: string }) => environments.some((each) => each.id === id);
    // of the others the newest commits count: they say what they have now
    const branches = await Promise.all(
        site.environments.map((each) => readBranch(session, each, isChosen(each) ? page : { limit: 1 })),
    );
    const shown = branches.filter((branch) => isChosen(branch) && branch.page !== undefined);
    if (shown.length === 0)
        throw new Problem(
            "not-found",
            `no commit of ${environments.map(({ name }) => name).join(" or ")} has an id that begins with ${page.before}`,
            { remedy: "Name a commit that the same command lists without --before" },
        );
    const servedBy = await findServing(branches);
    return {
        endpoint: session.client.connection.endpoint,
        client: { id: organization.id, name: organization.name },
        site: { id: site.id, hostname: site.hostname },
        environments: shown.map(({ id, name, page: commits = [] }) => ({
            id,
            name,
            commits: commits
                .slice(0, page.limit)
                .map((commit) => ({ ...describeCommit(commit), servedBy: servedBy(commit.id) })),
            hasMore: commits.length > page.limit,
        })),
    };
}
