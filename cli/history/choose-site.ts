import type { ApplicationResult, EnvironmentResult, EstateResult, OrganizationResult } from "pulumi-section/internal";
import { nearestNames, Problem } from "section-model";
import { sayCount } from "../report/say-count";
import { chooseClientOrSite } from "../terminal/choose-client";

/** A site, and those of its environments that are meant. */
export interface ChosenSite {
    organization: OrganizationResult;
    site: ApplicationResult;
    environments: readonly EnvironmentResult[];
}

/** The most sites to name in a message. */
const namedSites = 10;

function nameSites({ applications }: OrganizationResult): string {
    const named = applications.slice(0, namedSites).map(({ hostname, id }) => `${hostname} (${id})`);
    const more = applications.length - named.length;
    return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

function chooseById({ organizations }: EstateResult, id: string): Omit<ChosenSite, "environments"> {
    const organization = organizations.find((each) => each.id === id.split("/", 1).join());
    const site = organization?.applications.find((each) => each.id === id);
    if (organization !== undefined && site !== undefined) return { organization, site };
    throw new Problem("not-found", `there is no site ${id} that this token can see`, {
        remedy:
            organization === undefined || organization.applications.length === 0
                ? "Check with pulumi-section whoami whose token it is"
                : `Name a site of ${organization.name}: ${nameSites(organization)}`,
    });
}

function chooseByName(estate: EstateResult, text: string): Omit<ChosenSite, "environments"> {
    const { organization, site } = chooseClientOrSite(estate, text);
    const [only, ...others] = organization.applications;
    const chosen = site ?? (others.length === 0 ? only : undefined);
    if (chosen !== undefined) return { organization, site: chosen };
    const count = sayCount(organization.applications.length, "site");
    throw new Problem(
        "invalid-input",
        `${organization.name} is an organization with ${count}, and this command takes one site`,
        {
            remedy:
                only === undefined
                    ? "Name a site by one of its hostnames, or by its id"
                    : `Name one of them: ${nameSites(organization)}`,
        },
    );
}

function chooseEnvironment({ hostname, environments }: ApplicationResult, name: string): EnvironmentResult {
    const found = environments.find((each) => each.name === name);
    if (found !== undefined) return found;
    const known = environments.map((each) => each.name);
    const [nearest] = nearestNames(name, known, 1);
    throw new Problem("not-found", `${hostname} has no environment ${name}`, {
        remedy: `Did you mean ${nearest}? It has ${known.join(", ")}`,
    });
}

const idOfSite = /^(\d+\/\d+)(?:\/([^/]+))?$/;

/**
 * Finds a site by any of its hostnames, by its id, by the id of one of its environments, or by the name of an
 * organization that has one site.
 *
 * @param names of its environments. Default: the one whose id is given, else all
 * @throws Problem with the nearest names
 */
export function chooseSite(estate: EstateResult, text: string, names?: readonly string[]): ChosenSite {
    const [, id, environment] = idOfSite.exec(text) ?? [];
    const chosen = id === undefined ? chooseByName(estate, text) : chooseById(estate, id);
    const wanted = names ?? (environment === undefined ? undefined : [environment]);
    const environments = wanted?.map((name) => chooseEnvironment(chosen.site, name)) ?? chosen.site.environments;
    return { ...chosen, environments };
}
