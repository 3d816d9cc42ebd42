import type {
    ApplicationResult,
    DomainResult,
    EnvironmentResult,
    OrganizationResult,
    Session,
} from "pulumi-section/internal";
import { findEstate } from "pulumi-section/internal";
import {
    type EnvironmentPlace,
    listDomainStates,
    readCertificate,
    readFeatures,
    readHeadCommit,
    readProxyChain,
} from "section-client";
import { mapAtMost } from "section-display";
import { parseApplicationId, parseEnvironmentId, parseOrganizationId, productionName } from "section-model";
import { requireOrganizations } from "../terminal/choose-client";
import { type ComparedStack, driftBelow, driftBeside, splitByClient } from "./drift-places";
import { GapList } from "./gap-list";
import { type LoggedChanges, lastCommit, lastOf, newestOf, readLoggedChanges } from "./last-changes";
import type {
    ClientReport,
    DomainReport,
    EnvironmentReport,
    EstateReport,
    Live,
    SeenCertificate,
    SiteReport,
} from "./report";

export interface SurveyChoice {
    /** Ids. Default: every organization that the token's user is in. */
    organizations?: readonly string[];
    /** The comparison with a stack, or why none was asked. */
    compared?: ComparedStack | string;
    /** Default: now. */
    at?: Date;
}

type LiveStates = ReadonlyMap<string, boolean | undefined>;

const clientsAtOnce = 4;
const sitesAtOnce = 8;
const dayMs = 86_400_000;
const root = "/";
const order = new Intl.Collator("en", { numeric: true }).compare;

/** Asks an endpoint for everything that an overview shows; a refused answer becomes a gap. Reads only. */
class Survey {
    readonly gaps = new GapList();

    constructor(
        private readonly session: Session,
        private readonly at: Date,
        private readonly extensions: ReadonlySet<string>,
    ) {}

    certificate(organization: number, { id, hostname }: DomainResult): Promise<SeenCertificate | undefined> {
        const request = readCertificate(this.session.client, organization, hostname).then(
            ({ type, configured, issuer, expires }): SeenCertificate => {
                const daysLeft =
                    expires === undefined ? undefined : Math.floor((Date.parse(expires) - this.at.getTime()) / dayMs);
                return { type, configured, ...(issuer && { issuer }), ...(expires && { expires, daysLeft }) };
            },
        );
        return this.gaps.ask("certificate", id, request);
    }

    async domain(organization: number, domain: DomainResult, live: LiveStates | undefined): Promise<DomainReport> {
        const { id, hostname, engaged } = domain;
        const isLive = live === undefined ? engaged : live.get(hostname);
        return { id, hostname, live: isLive, certificate: await this.certificate(organization, domain) };
    }

    async head(place: EnvironmentPlace, id: string) {
        if (!this.extensions.has("environment.head"))
            return this.gaps.add(
                "last change of content",
                "the endpoint does not tell an environment's commits (environment.head); its git repository does",
                id,
            );
        const head = await this.gaps.ask("last change of content", id, readHeadCommit(this.session.client, place));
        return head && lastCommit(head);
    }

    async environment(
        { id, name, domains }: EnvironmentResult,
        { live, logged, compared }: { live?: LiveStates; logged?: LoggedChanges; compared?: ComparedStack },
    ): Promise<EnvironmentReport> {
        const place = parseEnvironmentId(id);
        const [proxies, commit, seen] = await Promise.all([
            this.gaps.ask("proxies", id, readProxyChain(this.session.client, place)),
            this.head(place, id),
            Promise.all(domains.map((domain) => this.domain(place.organization, domain, live))),
        ]);
        const lastChange = lastOf(commit, logged?.get(id));
        return { id, name, proxies, drift: driftBelow(compared, id), lastChange, domains: seen };
    }

    async site(application: ApplicationResult, known: Parameters<Survey["environment"]>[1]): Promise<SiteReport> {
        const { id, hostname, pathPrefix } = application;
        const sorted = [...application.environments].sort(
            (one, other) =>
                Number(other.name === productionName) - Number(one.name === productionName) ||
                order(one.name, other.name),
        );
        const environments = await Promise.all(sorted.map((each) => this.environment(each, known)));
        const days = environments
            .flatMap(({ domains }) => domains)
            .flatMap(({ certificate }) => certificate?.daysLeft ?? []);
        return {
            id,
            hostname,
            pathPrefix,
            live: liveOf(environments.find(({ name }) => name === productionName)?.domains ?? []),
            ...(days.length > 0 && { certificateDaysLeft: Math.min(...days) }),
            drift: driftBelow(known.compared, id),
            lastChange: newestOf([known.logged?.get(id), ...environments.map(({ lastChange }) => lastChange)]),
            environments,
        };
    }

    /** Live states on pure v1, which only the organization's list tells. Undefined where environments tell theirs. */
    async live(organization: number, id: string): Promise<LiveStates | undefined> {
        if (this.extensions.has("domain.engaged")) return undefined;
        return (await this.gaps.ask("live", id, listDomainStates(this.session.client, organization))) ?? new Map();
    }

    async log({ id, isAdmin, applications }: OrganizationResult): Promise<LoggedChanges | undefined> {
        const what = "last change except of content";
        if (!this.extensions.has("account.changes"))
            return this.gaps.add(what, "the endpoint keeps no log of changes (account.changes)", id);
        if (!isAdmin) return this.gaps.add(what, "only admins of an organization may read its log", id);
        return this.gaps.ask(
            what,
            id,
            readLoggedChanges(this.session.client, parseOrganizationId(id).organization, applications),
        );
    }

    async client(found: OrganizationResult, compared: ComparedStack | undefined): Promise<ClientReport> {
        const { id, name, applications } = found;
        const { organization } = parseOrganizationId(id);
        const [live, logged] = await Promise.all([this.live(organization, id), this.log(found)]);
        const sites = await mapAtMost(sitesAtOnce, applications, (application) =>
            this.site(application, { live, logged, compared }),
        );
        const sorted = withRoots(sites).sort(
            (one, other) =>
                order(one.hostname, other.hostname) ||
                order(one.pathPrefix, other.pathPrefix) ||
                order(one.id, other.id),
        );
        const drift = driftBeside(
            compared,
            applications.map((each) => each.id),
        );
        return { id, name, drift, sites: sorted };
    }
}

/** Whether visitors are served by these hostnames. */
export function liveOf(domains: readonly Pick<DomainReport, "live">[]): Live {
    const live = domains.filter((domain) => domain.live).length;
    if (live > 0) return live === domains.length ? "yes" : "partly";
    return domains.length > 0 && domains.every((domain) => domain.live === false) ? "no" : "not known";
}

/** Split applications have no hostnames of their own: those of their root serve them. */
function withRoots(sites: readonly SiteReport[]): SiteReport[] {
    const rootOf = ({ hostname, id }: SiteReport) =>
        sites.find(
            (each) =>
                each.pathPrefix === root &&
                each.hostname === hostname &&
                parseApplicationId(each.id).application !== parseApplicationId(id).application,
        );
    return sites.map((site) => (site.pathPrefix === root ? site : { ...site, live: rootOf(site)?.live ?? site.live }));
}

/** Reads a whole estate. Changes nothing. */
export async function surveyEstate(
    session: Session,
    { organizations, compared: asked, at = new Date() }: SurveyChoice = {},
): Promise<EstateReport> {
    const compared = typeof asked === "string" ? undefined : asked;
    for (const id of organizations ?? []) parseOrganizationId(id);
    const [{ organizations: all }, { extensions }] = await Promise.all([
        findEstate(session.client),
        readFeatures(session.client),
    ]);
    requireOrganizations(
        organizations,
        all.map(({ id }) => id),
    );
    const chosen = organizations === undefined ? all : all.filter(({ id }) => organizations.includes(id));
    const survey = new Survey(session, at, extensions);
    if (compared === undefined) survey.gaps.add("drift", typeof asked === "string" ? asked : "nobody asked");
    const comparedOf = splitByClient(compared);
    const clients = await mapAtMost(clientsAtOnce, chosen, (each) => survey.client(each, comparedOf(each.id)));
    const seen = new Set(all.map(({ id }) => id));
    const gone = (compared?.drifted ?? []).filter(({ id }) => !seen.has(id.split("/", 1).join()));
    return {
        endpoint: session.client.connection.endpoint,
        at: at.toISOString(),
        clients: clients.sort((one, other) => order(one.name, other.name) || order(one.id, other.id)),
        goneDrift: gone.map(({ line }) => line),
        notKnown: survey.gaps.list(),
    };
}
