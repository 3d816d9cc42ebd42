import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { ApplicationResult, MemberResult, OrganizationResult, Session } from "pulumi-section/internal";
import { branchAddress, findEstate } from "pulumi-section/internal";
import {
    bundleBranches,
    type Claim,
    listClaimable,
    listOrganizations,
    type Person,
    readCaller,
    readGraph,
} from "section-client";
import { mapAtMost } from "section-display";
import {
    capabilities,
    normaliseEmail,
    Problem,
    parseApplicationId,
    parseOrganizationId,
    productionName,
} from "section-model";
import type { LeftOut } from "../export/inventory";

export interface CopyCounts {
    organizations: number;
    people: number;
    sites: number;
    environments: number;
    domains: number;
}

/** The document that `section-platform seed` reads, and the resources that are not in it. */
export interface EstateCopy {
    /** The document; the repositories lie beside it. */
    file: string;
    counts: CopyCounts;
    leftOut: LeftOut[];
    /** The user of the token that read it. */
    caller: Person;
}

export interface CopyChoice {
    /** A folder of the caller's own. */
    folder: string;
    /** Organizations that must be copied. */
    needed: ReadonlySet<string>;
    /** All that there are to copy. Default: every organization that the token's user is an admin of. */
    only?: ReadonlySet<string>;
    /** No further repository is begun once it is aborted. */
    signal?: AbortSignal;
}

interface SeedPerson {
    id: number;
    email: string;
    isVerified: boolean;
}

const clonesAtOnce = 4;
const weakestRole = "readonly";

/** Writes the findings of a survey into the document's format. Makes no requests of its own. */
class Transcript {
    readonly people = new Map<string, SeedPerson>();
    readonly leftOut: LeftOut[] = [];
    readonly sites: ApplicationResult[] = [];

    constructor(
        private readonly owners: ReadonlyMap<string, string | undefined>,
        /** By the ids of things. */
        private readonly claims: ReadonlyMap<string, Claim>,
    ) {}

    /** The claim to a thing, so that a delete or a take-over meets its holder as it would live. */
    private claimOf(id: string): { claim?: object } {
        const claim = this.claims.get(id);
        if (claim === undefined) return {};
        const { claimedAt, ...held } = claim;
        return { claim: { ...held, claimed_at: claimedAt } };
    }

    account(organization: OrganizationResult) {
        const { id, name, members = [], applications } = organization;
        const admins = members.filter(({ role }) => role === "admin").map(({ email }) => email);
        const owner = this.owners.get(id);
        return {
            id: parseOrganizationId(id).organization,
            name,
            owner: owner !== undefined && admins.includes(owner) ? owner : admins[0],
            ...this.claimOf(id),
            members: members.map((member) => this.member(member)),
            applications: applications.flatMap((application) => this.application(application)),
        };
    }

    member({ id, email, role, userId, status }: MemberResult) {
        // an invitation does not tell who is a user already; another organization may
        if (status === "active" || !this.people.has(email))
            this.people.set(email, { id: userId, email, isVerified: status === "active" });
        if ((capabilities as readonly string[]).includes(role)) return { email, role, ...this.claimOf(id) };
        this.leftOut.push({
            id,
            what: `role ${role} of ${email}`,
            because: `is unknown to the platform of the copy, where the role is ${weakestRole}`,
        });
        return { email, role: weakestRole, ...this.claimOf(id) };
    }

    application(site: ApplicationResult) {
        const { id, hostname, pathPrefix, environments } = site;
        if (pathPrefix !== "/") {
            this.leftOut.push({ id, what: `application ${hostname}${pathPrefix}`, because: "is split off by a path" });
            return [];
        }
        this.sites.push(site);
        const named = environments.map(({ id: environment, name, domains }) => ({
            name,
            ...this.claimOf(environment),
            domains: domains.map(({ id: domain, hostname: attached, engaged }) => ({
                hostname: attached,
                isEngaged: engaged,
                ...this.claimOf(domain),
            })),
        }));
        const { application } = parseApplicationId(id);
        const own = { id: application, hostname, bundle: bundleOf(site), ...this.claimOf(id) };
        return [{ ...own, environments: named }];
    }
}

const bundleOf = ({ id }: ApplicationResult) => `${parseApplicationId(id).application}.bundle`;

/** Makes the token's user a person of the copy, also if they are a member of no copied organization. */
function withCaller(people: SeedPerson[], email: string): SeedPerson[] {
    const caller = normaliseEmail(email);
    if (people.some((each) => each.email === caller))
        return people.map((each) => (each.email === caller ? { ...each, isVerified: true } : each));
    return [...people, { id: Math.max(0, ...people.map(({ id }) => id)) + 1, email: caller, isVerified: true }];
}

function choose(
    organizations: readonly OrganizationResult[],
    { needed, only }: CopyChoice,
    leftOut: LeftOut[],
): OrganizationResult[] {
    const missing = [...needed].filter((id) => !organizations.some((each) => each.id === id));
    if (missing.length > 0) {
        throw new Problem(
            "not-found",
            `the stack has things of organization ${missing.join(", ")}, which the token's user cannot see`,
            {
                remedy: "Use the token of an admin of it; if it was deleted, run `pulumi refresh`",
            },
        );
    }
    return organizations.filter(({ id, name, isAdmin }) => {
        if (only !== undefined && !only.has(id) && !needed.has(id)) return false;
        if (isAdmin) return true;
        if (needed.has(id)) {
            throw new Problem(
                "forbidden",
                `the token's user is no admin of organization ${name} (${id}), so its people cannot be copied`,
                {
                    remedy: "Use the token of an admin of it",
                },
            );
        }
        leftOut.push({ id, what: `organization ${name}`, because: "the token's user is no admin of it" });
        return false;
    });
}

/**
 * Copies organizations with their people, sites, branches and histories, and hostnames, and whose each of them is. The
 * platform is only read: by GET, and by `git clone`.
 *
 * @throws Problem `not-found` or `forbidden` when a needed organization cannot be read
 */
export async function copyEstate(session: Session, choice: CopyChoice): Promise<EstateCopy> {
    const { client } = session;
    const [{ organizations }, graph, owned, caller] = await Promise.all([
        findEstate(client),
        readGraph(client),
        listOrganizations(client),
        readCaller(client),
    ]);
    const transcript = new Transcript(
        new Map(owned.map(({ id, ownerEmail }) => [String(id), ownerEmail])),
        new Map(listClaimable(graph).flatMap(({ id, claim }) => (claim ? [[id, claim]] : []))),
    );
    const chosen = choose(organizations, choice, transcript.leftOut);
    const accounts = chosen.map((each) => transcript.account(each));
    await mapAtMost(clonesAtOnce, transcript.sites, async (site) => {
        choice.signal?.throwIfAborted();
        const address = await branchAddress(
            session,
            { ...parseApplicationId(site.id), environment: productionName },
            site.gitUrl,
        );
        await bundleBranches(address, path.join(choice.folder, bundleOf(site)));
    });
    const people = withCaller([...transcript.people.values()], caller.email);
    const file = path.join(choice.folder, "estate.json");
    await writeFile(file, JSON.stringify({ format: 1, people, accounts }), { mode: 0o600 });
    const environments = transcript.sites.flatMap((site) => site.environments);
    const counts = {
        organizations: accounts.length,
        people: people.length,
        sites: transcript.sites.length,
        environments: environments.length,
        domains: environments.reduce((sum, { domains }) => sum + domains.length, 0),
    };
    return { file, counts, leftOut: transcript.leftOut, caller };
}
