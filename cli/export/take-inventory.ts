import {
    type ApplicationResult,
    type EnvironmentResult,
    findEstate,
    type Kind,
    type OrganizationResult,
    recordExisting,
    type Session,
    type Way,
} from "pulumi-section/internal";
import { mapAtMost, type Step } from "section-display";
import { type Issue, productionName } from "section-model";
import { Names, slugOf } from "../typescript/program-names";
import type {
    ExportedClient,
    ExportedEnvironment,
    ExportedResource,
    ExportedSite,
    Inventory,
    LeftOut,
} from "./inventory";
import { readContent, type SeenContent } from "./seen-content";

export interface InventoryChoice {
    /** Ids. Default: every organization that the token's user is an admin of. */
    organizations?: readonly string[];
    /** The content of environments as well. */
    content: boolean;
    /** The way that the program goes. Default: `dynamic`. */
    way?: Way;
    /** Told of every site that was looked at. */
    step?: Step;
}

// few at once: answers that resources of one site share are fresh for seconds only
const clientsAtOnce = 4;
const sitesAtOnce = 8;

function isThere<T>(item: T | undefined): item is T {
    return item !== undefined;
}

const reasonOf = (issues: readonly Issue[]) => issues.map(({ property, reason }) => `${property} ${reason}`).join("; ");

/** Reads an estate into declarations that change nothing. */
class Stocktaking {
    readonly leftOut: LeftOut[] = [];
    #seen = 0;
    #sites = 0;

    constructor(
        private readonly session: Session,
        private readonly choice: InventoryChoice,
    ) {}

    leave(id: string, what: string, because: string): undefined {
        this.leftOut.push({ id, what, because });
        return undefined;
    }

    /**
     * A resource, or undefined and a line that says why there is none. `belongsTo`: references, which the program does
     * not write as text.
     */
    async declare(
        kind: Kind,
        id: string,
        name: string,
        belongsTo: object,
        declared: Record<string, unknown>,
        seen?: SeenContent,
    ): Promise<ExportedResource | undefined> {
        const recorded = await recordExisting(
            kind,
            this.session,
            id,
            { ...belongsTo, ...declared, ...seen?.declared },
            { seen: seen?.outputs, way: this.choice.way },
        );
        if ("issues" in recorded) return this.leave(id, `${kind} ${name}`, reasonOf(recorded.issues));
        return { kind, name, recorded, declared: { ...declared, ...seen?.declared }, files: seen?.files };
    }

    async client(organization: OrganizationResult, slug: string): Promise<ExportedClient | undefined> {
        const { id, name, members = [], applications } = organization;
        const declared = await this.declare("organization", id, slug, {}, { name });
        if (declared === undefined) return undefined;
        const memberships = await Promise.all(
            members.map((member) =>
                this.declare(
                    "membership",
                    member.id,
                    `${slug}/${member.email}`,
                    { organization: id },
                    { email: member.email, role: member.role },
                ),
            ),
        );
        const sites = await mapAtMost(
            sitesAtOnce,
            applications,
            (application) => this.site(application),
            () => this.#count(),
        );
        return { slug, organization: declared, memberships: memberships.filter(isThere), sites: sites.filter(isThere) };
    }

    #count(): void {
        this.#seen += 1;
        this.choice.step?.(this.#seen, this.#sites);
    }

    async site({
        id,
        organization,
        hostname,
        pathPrefix,
        environments,
    }: ApplicationResult): Promise<ExportedSite | undefined> {
        if (pathPrefix !== "/")
            return this.leave(
                id,
                `application ${hostname}${pathPrefix}`,
                "is split off by a path, which an Application cannot declare",
            );
        const application = await this.declare("application", id, hostname, { organization }, { hostname });
        if (application === undefined) return undefined;
        const declared = await Promise.all(environments.map((environment) => this.environment(environment, hostname)));
        return { application, environments: declared.filter(isThere) };
    }

    async environment(environment: EnvironmentResult, site: string): Promise<ExportedEnvironment | undefined> {
        const { id, application, name, domains } = environment;
        const isProduction = name === productionName;
        const others = domains.map(({ hostname }) => hostname).filter((hostname) => hostname !== site);
        const [hostname, ...further] = isProduction ? [undefined, ...others] : others;
        if (!isProduction && hostname === undefined)
            return this.leave(
                id,
                `environment ${site}/${name}`,
                "has no hostname, which an Environment has to declare",
            );
        const domain = (each: string | undefined) =>
            this.declare("domain", `${id}/${each}`, `${each}`, { environment: id }, { hostname: each });
        let declared: ExportedResource | undefined;
        if (!isProduction || this.choice.content) {
            const named = `${site}/${name}`;
            const seen = this.choice.content
                ? await readContent(this.session, environment, (what, because) => this.leave(id, what, because))
                : undefined;
            declared = await this.declare(
                "environment",
                id,
                named,
                { application },
                { name, ...(hostname !== undefined && { hostname }) },
                seen,
            );
            if (declared === undefined && !isProduction) return undefined;
        }
        return { name, environment: declared, domains: (await Promise.all(further.map(domain))).filter(isThere) };
    }

    async all(): Promise<ExportedClient[]> {
        const { organizations } = await findEstate(this.session.client);
        const names = new Names();
        const named = [...organizations]
            .sort((one, other) => Number(one.id) - Number(other.id))
            .map((each) => ({ each, slug: names.take(slugOf(each.name), `-${each.id}`) }));
        const wanted = this.choice.organizations === undefined ? undefined : new Set(this.choice.organizations);
        const mine = named.filter(({ each: { id, name, isAdmin } }) => {
            if (wanted !== undefined && !wanted.has(id)) return false;
            if (!isAdmin) this.leave(id, `organization ${name}`, "the token's user is no admin of it");
            return isAdmin;
        });
        this.#sites = mine.reduce((count, { each }) => count + each.applications.length, 0);
        return (await mapAtMost(clientsAtOnce, mine, ({ each, slug }) => this.client(each, slug))).filter(isThere);
    }
}

/** Lists the declarations with which a program changes nothing, and the resources that it cannot declare. */
export async function takeInventory(session: Session, choice: InventoryChoice): Promise<Inventory> {
    const stocktaking = new Stocktaking(session, choice);
    const clients = await stocktaking.all();
    const leftOut = [...stocktaking.leftOut].sort((one, other) => (one.id < other.id ? -1 : 1));
    return { clients, leftOut };
}
