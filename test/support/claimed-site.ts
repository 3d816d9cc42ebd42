import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";
import type { RunningPlatform } from "./platform";

interface SiteOptions {
    /** The first label of the client's hostnames, and the name of its organization. */
    client: string;
    /** The name of the Application in the program; names of what is below it begin with it. */
    www?: string;
    /** The hostname of the site. */
    hostname?: string;
    origin?: string;
    /** The name of a component that everything is in. */
    parent?: string;
    /** The changes for which the engine replaces the site. */
    replaceOnChanges?: string[];
    adopt?: boolean;
    /** Further declarations, which come after the site. */
    more?(organization: section.Organization, site: section.Application): void;
}

/** The program of a client whose site has everything that a site can have, and a person beside its owner. */
export const claimedSite =
    ({ client, www = "www", hostname = `www.${client}.example`, origin = "192.0.2.1", ...options }: SiteOptions) =>
    async (): Promise<void> => {
        const { parent, replaceOnChanges, adopt, more } = options;
        const within = parent === undefined ? {} : { parent: new pulumi.ComponentResource("agency:Client", parent) };
        const agreed = { adopt };
        const organization = new section.Organization("org", { name: client, ...agreed }, within);
        const args = { organization: organization.id, hostname, origin, ...agreed };
        const site = new section.Application(www, args, { ...within, replaceOnChanges });
        const copy = { application: site.id, name: "Staging", hostname: `staging.${hostname}`, ...agreed };
        new section.Environment(`${www}-staging`, copy, within);
        const alias = { environment: site.production, hostname: `alias.${hostname}`, ...agreed };
        new section.Domain(`${www}-alias`, alias, within);
        const ada = { organization: organization.id, email: "ada@agency.example", role: "state" as const, ...agreed };
        new section.Membership("ada", ada, within);
        more?.(organization, site);
    };

/** A client on the platform: with ids, so that a thing that was made again is another one, and with all holders. */
export async function seeClient({ api }: Pick<RunningPlatform, "api">, client: string) {
    interface Claimed {
        claim?: { stack: string; resource: string };
    }
    interface Seen extends Claimed {
        id: number;
        account_name: string;
        members: (Claimed & { email: string })[];
        applications: (Claimed & {
            id: number;
            environments: (Claimed & {
                environment_name: string;
                head: unknown;
                domains: (Claimed & { name: string })[];
            })[];
        })[];
    }
    const all: Seen[] = await api.get("/account/graph?detail=true");
    const found = all.find(({ account_name }) => account_name === client);
    if (found === undefined) return undefined;
    const holders = new Set<string>();
    const note = <T>({ claim }: Claimed, seen: T): T => {
        if (claim !== undefined) holders.add(`${claim.stack} ${claim.resource}`);
        return seen;
    };
    const seen = note(found, {
        id: found.id,
        people: found.members.map((member) => note(member, member.email)).sort(),
        sites: found.applications.map((site) =>
            note(site, {
                id: site.id,
                environments: site.environments.map((each) =>
                    note(each, {
                        name: each.environment_name,
                        head: each.head,
                        hostnames: each.domains.map((domain) => note(domain, domain.name)).sort(),
                    }),
                ),
            }),
        ),
    });
    return { seen, holders: [...holders].sort() };
}
