import * as pulumi from "@pulumi/pulumi";
import type { Folders } from "../config/config-source";
import { lightenRegistration } from "../program/lighten-registration";
import { Membership, type Role } from "../resources/membership";
import { Organization } from "../resources/organization";
import { Team, type TeamMemberArgs } from "../resources/team";
import { loadLate, model } from "../run/late-module";
import { listRefusal } from "../run/refusal";
import { addressOf, ClientSite, hostnamesOf, type SiteArgs, type SiteDnsRecord } from "./client-site";
import type { SiteConfigSource, Variables } from "./site-config";

const keys = loadLate((): typeof import("./client-key") => require("./client-key"));
const list = loadLate((): typeof import("./client-list-issue") => require("./client-list-issue"));
const config = loadLate((): typeof import("./site-config") => require("./site-config"));
const unknown = loadLate((): typeof import("./unknown-arguments") => require("./unknown-arguments"));
const sources = loadLate((): typeof import("../config/config-source") => require("../config/config-source"));

/** E-mail address -> role, or role and last day. */
export type People = Readonly<Record<string, pulumi.Input<Role> | TeamMemberArgs>>;
type Person = People[string];

/** A client of an agency: an organization with its people and sites. */
export interface ClientArgs {
    /** The name of its organization. */
    name: string;
    /** Names the client's resources. Default: made from the name. Declare it before you change the name. */
    key?: string;
    /** Members beside the agency's staff. A person in both lists has the role given here. */
    people?: People;
    /** Configuration for all of its sites. Its files replace those of the agency with the same path. */
    config?: SiteConfigSource;
    /** Values of variables for all of its sites. They beat the agency's. */
    variables?: Variables;
    /** The client's websites. */
    sites?: readonly SiteArgs[];
}

export interface AgencyArgs {
    /** The clients. In TypeScript `clientsFromYaml` and `clientsFromCsv` read them from a file. */
    clients: readonly ClientArgs[];
    /** Members of every client's organization. */
    staff?: People;
    /**
     * The configuration that all sites share: a folder, files, or in TypeScript a function. Files of clients and sites
     * replace its files.
     */
    baseConfig?: SiteConfigSource;
    /** Values of variables for all sites. */
    variables?: Variables;
    /**
     * Removes members of a client's organization that neither `staff` nor `people` lists; the preview shows them.
     * Default false.
     */
    completeTeams?: boolean;
    /** The proxies of each site that declares none. */
    proxyChain?: SiteArgs["proxyChain"];
    /**
     * Creates an organization together with its first application, for endpoints that can create it only so. The first
     * application is the site whose hostname is first in the alphabet. Counts only when a client is new. Default false.
     */
    withFirstSite?: boolean;
}

/** The resources of one client. */
export interface AgencyClient {
    /** The client's organization. */
    organization: Organization;
    /** By e-mail address. Empty with `completeTeams`. */
    memberships: Readonly<Record<string, Membership>>;
    /** All members of the organization; only with `completeTeams`. */
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
 * Everything an agency runs on the platform: for each client an organization, with its people, the agency's staff and
 * its sites.
 *
 * The name of a resource consists of the agency's name, the client's key, and the hostname or e-mail address. So
 * adding, removing or reordering clients, people and sites changes nothing else.
 *
 * @throws an error that names everything wrong with the list at once, before anything is registered
 * @example new section.Agency("agency", {
 *     staff: { "ada@agency.example": "admin" },
 *     clients: section.clientsFromYaml("clients.yaml"),
 *     baseConfig: "./proxy",
 * });
 */
export class Agency extends pulumi.ComponentResource {
    /** By the client's key. */
    readonly clients: Readonly<Record<string, AgencyClient>>;
    /** The sites of all clients, by hostname. */
    readonly sites: Readonly<Record<string, ClientSite>>;
    /** Key of the client -> id of its organization. */
    readonly organizationIds: pulumi.Output<Record<string, string>>;

    constructor(name: string, args: AgencyArgs, opts?: pulumi.ComponentResourceOptions) {
        const prepared = prepareClients(args);
        lightenRegistration();
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

    /** Every DNS record to set, of all sites: as `dns` of a ClientSite. */
    get dns(): pulumi.Output<SiteDnsRecord[]> {
        return pulumi.all(Object.values(this.sites).map(({ dns }) => dns)).apply((all) => all.flat());
    }

    /** The `line` of each record in `dns`, by hostname. Each is known by itself, while another site is not made yet. */
    get dnsLines(): ClientSite["dnsLines"] {
        return Object.assign({}, ...Object.values(this.sites).map(({ dnsLines }) => dnsLines));
    }

    #declareClient(
        name: string,
        { key, client, sites }: PreparedClient,
        staff: Map<string, Person>,
        { withFirstSite, completeTeams }: AgencyArgs,
    ): AgencyClient {
        const at = `${name}/${key}`;
        const firstSite = withFirstSite ? firstOf(sites) : undefined;
        // `pulumi state move` of a client leaves this component behind: there the organization stands below the stack
        const options = { parent: this, aliases: [{ parent: pulumi.rootStackResource }] };
        const organization = new Organization(at, { name: client.name, firstSite }, options);
        const people = new Map([...staff, ...byEmail(client.people)]);
        // not deletedWith: if the organization's delete is refused, the state must not have forgotten its members
        const below = { parent: organization };
        const team = completeTeams
            ? new Team(at, { organization: organization.id, members: Object.fromEntries(people) }, below)
            : undefined;
        const memberships = [...(completeTeams ? [] : people)].map(([email, person]): [string, Membership] => {
            return [
                email,
                new Membership(`${at}/${email}`, { organization: organization.id, email, ...memberOf(person) }, below),
            ];
        });
        const declared = sites.map(({ args, hostname }): [string, ClientSite] => {
            return [hostname, new ClientSite(`${at}/${hostname}`, { ...args, organization: organization.id }, below)];
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
    return new Map(Object.entries(people).map(([email, person]) => [model.normaliseEmail(email), person]));
}

function memberOf(person: Person): TeamMemberArgs {
    return typeof person === "object" && "role" in person ? person : { role: person };
}

function firstOf(sites: readonly PreparedSite[]) {
    const [first] = [...sites].sort((one, other) => (one.hostname < other.hostname ? -1 : 1));
    if (first === undefined) return undefined;
    return { hostname: first.hostname, origin: addressOf(first.args.origin), stack: first.args.stack };
}

/** Reads every site's configuration and reports all mistakes before anything is registered: no agency is half made. */
function prepareClients(args: AgencyArgs): PreparedClient[] {
    const wrong = list.relateClients(args.clients).map(({ path, reason, other }) => {
        return `${model.formatPropertyPath(path)}: ${reason}${other === undefined ? "" : ` (first at ${model.formatPropertyPath(other)})`}`;
    });
    wrong.push(...unknown.unknownOfAgency(args));
    const folders = new sources.Folders();
    const prepared = args.clients.map((client, index): PreparedClient => {
        const key = client.key ?? keys.clientKeyOf(client.name);
        const { success, error } = keys.clientKeySchema.safeParse(key);
        if (!success && client.key !== undefined)
            wrong.push(`${model.formatPropertyPath(["clients", index, "key"])}: ${error.issues[0]?.message}`);
        const sites = (client.sites ?? []).map((site): PreparedSite => {
            try {
                const { hostname } = hostnamesOf(site);
                return {
                    hostname,
                    args: {
                        ...site,
                        proxyChain: site.proxyChain ?? args.proxyChain,
                        ...readConfig(args, client, site, folders),
                    },
                };
            } catch (error) {
                if (!model.isProblem(error)) throw error;
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
    folders: Folders,
): Pick<SiteArgs, "config" | "staging" | "variables"> {
    const own = site.config === undefined ? [] : ([site.config].flat() as SiteConfigSource[]);
    const sources = [agency.baseConfig, client.config, ...own].filter((source) => source !== undefined);
    const { staging } = site;
    const files = config.composeSite({
        hostname: model.normaliseHostname(site.hostname),
        sources,
        variables: site.variables ?? {},
        sharedVariables: { client: client.name, ...agency.variables, ...client.variables, ...site.sharedVariables },
        staging: staging && { source: staging.config, variables: staging.variables },
        folders,
    });
    return {
        config: ({ environment }) => (environment === config.stagingName ? files.staging : files.production),
        staging: staging && { ...staging, config: undefined, variables: undefined },
        variables: undefined,
    };
}
