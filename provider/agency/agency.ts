import * as pulumi from "@pulumi/pulumi";
import { formatPropertyPath, isProblem, normaliseEmail, normaliseHostname } from "section-model";
import { Membership, type Role } from "../resources/membership";
import { Organization } from "../resources/organization";
import { Team, type TeamMemberArgs } from "../resources/team";
import { clientKeyOf, clientKeySchema } from "./client-key";
import { relateClients } from "./client-list-issue";
import { addressOf, ClientSite, hostnamesOf, type SiteArgs } from "./client-site";
import { listRefusal } from "./refusal";
import { composeSite, type SiteConfigSource, stagingName, type Variables } from "./site-config";

/** E-mail address -> role, or role and last day. */
export type People = Readonly<Record<string, pulumi.Input<Role> | TeamMemberArgs>>;
type Person = People[string];

export interface ClientArgs {
    /** As its organization is called. */
    name: string;
    /** Names its resources. Default: from the name. Write it down before you change the name. */
    key?: string;
    /** Members beside the agency's staff. Who is in both has the role that stands here. */
    people?: People;
    /** Configuration that lies over the agency's, for all of its sites. */
    config?: SiteConfigSource;
    /** Values for all of its sites; they beat the agency's. */
    variables?: Variables;
    sites?: readonly SiteArgs[];
}

export interface AgencyArgs {
    /** `clientsFromYaml` and `clientsFromCsv` read them from a file. */
    clients: readonly ClientArgs[];
    /** Members of every client's organization. */
    staff?: People;
    /** The configuration that all sites share: a folder, files, a function. Those of clients and sites lie over it. */
    baseConfig?: SiteConfigSource;
    /** Values for all sites. */
    variables?: Variables;
    /**
     * Staff and people are everybody: who is a member of a client's organization and not listed is removed, and the
     * preview shows it. Default false.
     */
    completeTeams?: boolean;
    /** The proxies of all sites that name none. */
    proxyChain?: SiteArgs["proxyChain"];
    /**
     * For endpoints that make an organization only together with its first application: that is the site whose hostname
     * comes first in the alphabet. Counts when a client is new. Default false.
     */
    withFirstSite?: boolean;
}

/** What an agency made for one client. */
export interface AgencyClient {
    organization: Organization;
    /** By e-mail address; none with `completeTeams`. */
    memberships: Readonly<Record<string, Membership>>;
    /** Everybody of it, with `completeTeams`. */
    team?: Team;
    /** By hostname. */
    sites: Readonly<Record<string, ClientSite>>;
}

/** A site with its configuration read. */
interface PreparedSite {
    args: SiteArgs;
    hostname: string;
}

interface PreparedClient {
    key: string;
    client: ClientArgs;
    sites: PreparedSite[];
}

/**
 * Everything an agency runs on the platform: an organization for each client, its people and the agency's staff, its
 * sites.
 *
 * Resources are named by the agency's name, the client's key and the hostname or e-mail address, so that adding,
 * removing or reordering clients, people and sites touches nothing else.
 *
 * @throws an error that names everything wrong with the list at once, before anything is registered
 * @example new section.Agency("agency", {
 *     staff: { "ada@agency.example": "admin" },
 *     clients: section.clientsFromYaml("clients.yaml"),
 *     baseConfig: "./proxy",
 * });
 */
export class Agency extends pulumi.ComponentResource {
    /** By key. */
    readonly clients: Readonly<Record<string, AgencyClient>>;
    /** Of all clients, by hostname. */
    readonly sites: Readonly<Record<string, ClientSite>>;
    /** Key of the client -> id of its organization. */
    readonly organizationIds: pulumi.Output<Record<string, string>>;

    constructor(name: string, args: AgencyArgs, opts?: pulumi.ComponentResourceOptions) {
        const prepared = prepareClients(args);
        super("section:index:Agency", name, {}, opts);
        const staff = byEmail(args.staff);
        this.clients = Object.fromEntries(
            prepared.map((each) => [each.key, this.#declareClient(name, each, staff, args)]),
        );
        const clients = Object.values(this.clients);
        this.sites = Object.assign({}, ...clients.map(({ sites }) => sites));
        this.organizationIds = pulumi.output(
            Object.fromEntries(Object.entries(this.clients).map(([key, { organization }]) => [key, organization.id])),
        );
        this.registerOutputs({ organizationIds: this.organizationIds });
    }

    #declareClient(
        name: string,
        { key, client, sites }: PreparedClient,
        staff: Map<string, Person>,
        { withFirstSite, completeTeams }: AgencyArgs,
    ): AgencyClient {
        const at = `${name}/${key}`;
        const firstSite = withFirstSite ? firstOf(sites) : undefined;
        const organization = new Organization(at, { name: client.name, firstSite }, { parent: this });
        const people = new Map([...staff, ...byEmail(client.people)]);
        // with the organization go its members: no request for each, and the owner's own does not stand in the way
        const options = { parent: organization, deletedWith: organization };
        const team = completeTeams
            ? new Team(at, { organization: organization.id, members: Object.fromEntries(people) }, options)
            : undefined;
        const memberships = [...(completeTeams ? [] : people)].map(([email, person]): [string, Membership] => {
            return [
                email,
                new Membership(
                    `${at}/${email}`,
                    { organization: organization.id, email, ...memberOf(person) },
                    options,
                ),
            ];
        });
        const declared = sites.map(({ args, hostname }): [string, ClientSite] => {
            return [
                hostname,
                new ClientSite(
                    `${at}/${hostname}`,
                    { ...args, organization: organization.id },
                    { parent: organization },
                ),
            ];
        });
        return {
            organization,
            memberships: Object.fromEntries(memberships),
            team,
            sites: Object.fromEntries(declared),
        };
    }
}

function byEmail(people: People = {}): Map<string, Person> {
    return new Map(Object.entries(people).map(([email, person]) => [normaliseEmail(email), person]));
}

function memberOf(person: Person): TeamMemberArgs {
    return typeof person === "object" && "role" in person ? person : { role: person };
}

function firstOf(sites: readonly PreparedSite[]) {
    const [first] = [...sites].sort((one, other) => (one.hostname < other.hostname ? -1 : 1));
    if (first === undefined) return undefined;
    return { hostname: first.hostname, origin: addressOf(first.args.origin), stack: first.args.stack };
}

/**
 * Reads every site's configuration and says everything that is wrong, so that a mistake leaves no half of an agency
 * behind.
 */
function prepareClients(args: AgencyArgs): PreparedClient[] {
    const wrong = relateClients(args.clients).map(({ path, reason, other }) => {
        return `${formatPropertyPath(path)}: ${reason}${other === undefined ? "" : ` (first at ${formatPropertyPath(other)})`}`;
    });
    const prepared = args.clients.map((client, index): PreparedClient => {
        const key = client.key ?? clientKeyOf(client.name);
        const { success, error } = clientKeySchema.safeParse(key);
        if (!success && client.key !== undefined)
            wrong.push(`${formatPropertyPath(["clients", index, "key"])}: ${error.issues[0]?.message}`);
        const sites = (client.sites ?? []).map((site): PreparedSite => {
            try {
                const { hostname } = hostnamesOf(site);
                return {
                    hostname,
                    args: {
                        ...site,
                        proxyChain: site.proxyChain ?? args.proxyChain,
                        ...readConfig(args, client, site),
                    },
                };
            } catch (error) {
                if (!isProblem(error)) throw error;
                wrong.push(error.message.replace(/\.$/, ""));
                return { hostname: site.hostname, args: site };
            }
        });
        return { key, client, sites };
    });
    if (byEmail(args.staff).size < Object.keys(args.staff ?? {}).length)
        wrong.push("staff: an e-mail address stands there twice, in two spellings");
    if (wrong.length > 0) throw listRefusal(wrong, "the clients");
    return prepared;
}

/** The configuration of a site as files that its component takes as they are. */
function readConfig(
    agency: AgencyArgs,
    client: ClientArgs,
    site: SiteArgs,
): Pick<SiteArgs, "config" | "staging" | "variables"> {
    const own = site.config === undefined ? [] : ([site.config].flat() as SiteConfigSource[]);
    const sources = [agency.baseConfig, client.config, ...own].filter((source) => source !== undefined);
    const { staging } = site;
    const files = composeSite({
        hostname: normaliseHostname(site.hostname),
        sources,
        variables: site.variables ?? {},
        sharedVariables: { client: client.name, ...agency.variables, ...client.variables, ...site.sharedVariables },
        staging: staging && { source: staging.config, variables: staging.variables },
    });
    return {
        config: ({ environment }) => (environment === stagingName ? files.staging : files.production),
        staging: staging && { ...staging, config: undefined, variables: undefined },
        variables: undefined,
    };
}
