import type { Client, GraphOrganization } from "section-client";
import {
    normaliseHostname,
    Problem,
    parseApplicationId,
    parseDomainId,
    parseEnvironmentId,
    parseOrganizationId,
    resourceId,
} from "section-model";
import { describeApplication, describeOrganization } from "./describe";
import { applicationsOf, lookUp, type PlacedApplication } from "./look-up";
import type { GetApplicationArgs, GetDomainArgs, GetEnvironmentArgs, GetOrganizationArgs } from "./lookup-args";
import type { ApplicationResult, DomainResult, EnvironmentResult, EstateResult, OrganizationResult } from "./results";

function requireOne(lookup: string, keys: Record<string, string | undefined>): void {
    const given = Object.values(keys).filter((value) => value !== undefined && value !== "");
    if (given.length === 1) return;
    throw new Problem(
        "invalid-input",
        `${lookup} got ${given.length === 0 ? "nothing to look for" : "two things to look for"}`,
        {
            remedy: `Give it one of ${Object.keys(keys).join(" and ")}`,
        },
    );
}

function onlyNamed(graph: readonly GraphOrganization[], name: string | undefined): GraphOrganization | undefined {
    const named = graph.filter((each) => each.name === name);
    if (named.length < 2) return named[0];
    throw new Problem(
        "invalid-input",
        `there are ${named.length} organizations named ${name}: ${named.map(({ id }) => id).join(", ")}`,
        {
            remedy: "Look for the id of the one you mean",
        },
    );
}

/** An organization with its people and applications. */
export async function findOrganization(client: Client, { id, name }: GetOrganizationArgs): Promise<OrganizationResult> {
    requireOne("getOrganization", { id, name });
    const wanted = id === undefined ? undefined : parseOrganizationId(id).organization;
    return lookUp(client, id === undefined ? `organization named ${name}` : `organization ${id}`, (graph) => {
        const found = wanted === undefined ? onlyNamed(graph, name) : graph.find((each) => each.id === wanted);
        return found && describeOrganization(client, found);
    });
}

type IsWanted = (placed: PlacedApplication) => boolean;

const isApplicationId = (text: string) => /^\d+\/\d+$/.test(text);

function byId(id: string): IsWanted {
    const wanted = parseApplicationId(id);
    return ({ organization, application }) =>
        organization === wanted.organization && application.id === wanted.application;
}

function byHostname(hostname: string): IsWanted {
    const wanted = normaliseHostname(hostname);
    return ({ application }) => application.name.toLowerCase() === wanted;
}

async function locate(
    client: Client,
    graph: GraphOrganization[],
    isWanted: IsWanted,
): Promise<ApplicationResult | undefined> {
    const found = applicationsOf(graph).find(isWanted);
    return found && describeApplication(client, found.organization, found.application);
}

/** An application with its environments and their domains. */
export async function findApplication(
    client: Client,
    { id, hostname }: GetApplicationArgs,
): Promise<ApplicationResult> {
    requireOne("getApplication", { id, hostname });
    const isWanted = id === undefined ? byHostname(hostname as string) : byId(id);
    return lookUp(client, `application ${id ?? hostname}`, (graph) => locate(client, graph, isWanted));
}

/** An environment with its head and domains. */
export async function findEnvironment(client: Client, args: GetEnvironmentArgs): Promise<EnvironmentResult> {
    const { id, application, name } = args;
    requireOne("getEnvironment", {
        id,
        "application with name": application === undefined || name === undefined ? undefined : application,
    });
    const place = id === undefined ? undefined : parseEnvironmentId(id);
    const site = place === undefined ? (application as string) : resourceId.application(place);
    const isWanted = isApplicationId(site) ? byId(site) : byHostname(site);
    const wanted = place?.environment ?? name;
    return lookUp(client, `environment ${wanted} of application ${site}`, async (graph) =>
        (await locate(client, graph, isWanted))?.environments.find((each) => each.name === wanted),
    );
}

/** A hostname, attached anywhere in the estate. */
export async function findDomain(client: Client, { id, hostname }: GetDomainArgs): Promise<DomainResult> {
    requireOne("getDomain", { id, hostname });
    const wanted = id === undefined ? normaliseHostname(hostname as string) : parseDomainId(id).hostname;
    const mayHave = ({ application: { environments } }: PlacedApplication) =>
        environments.some(({ domains }) => domains === undefined || domains.some((each) => each.hostname === wanted));
    return lookUp(client, `domain ${id ?? wanted}`, async (graph) => {
        const candidates = applicationsOf(graph).filter(mayHave);
        const described = await Promise.all(
            candidates.map(({ organization, application }) => describeApplication(client, organization, application)),
        );
        const domains = described
            .flatMap(({ environments }) => environments)
            .flatMap((environment) => environment.domains);
        return domains.find((each) => each.hostname === wanted && (id === undefined || each.id === id));
    });
}

/** Everything that the token's user can see. */
export async function findEstate(client: Client): Promise<EstateResult> {
    return lookUp(client, "estate", async (graph) => ({
        organizations: await Promise.all(graph.map((each) => describeOrganization(client, each))),
    }));
}
