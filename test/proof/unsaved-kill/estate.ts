import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Choices } from "../../support/choices";

/** One site of the program: its lines decide everything about it. */
export interface SiteLine {
    name: string;
    origin: string;
    /** In the configuration of its Staging. */
    grace: string;
}

export const organizationCount = 3;

/** The program reads its sites from a file beside it. No TypeScript: it starts sooner. */
const program = `
const section = require("pulumi-section");
const { organizations, sites } = require("./sites.json");
const clients = organizations.map((name) => new section.Organization(name, { name }));
for (const [index, { name, origin, grace }] of sites.entries()) {
    const hostname = name + ".acme.example";
    const site = new section.Application(name, { organization: clients[index % clients.length].id, hostname, origin });
    const config = { "varnish/default.vcl": "vcl 4.0;\\n# grace " + grace + "\\n" };
    new section.Environment(name + "-staging", { application: site.id, name: "Staging", hostname: "staging." + hostname, config });
    new section.Domain(name + "-shop", { environment: site.production, hostname: "shop." + hostname });
}
`;

export const makeSites = (count: number): SiteLine[] =>
    Array.from({ length: count }, (_, index) => ({ name: `s${index}`, origin: "192.0.2.1", grace: "1h" }));

/** Sites belong to clients by their place in the list, so that no site moves: a site that leaves is the last one. */
export async function writeProgram(folder: string, sites: readonly SiteLine[]): Promise<void> {
    const organizations = Array.from(
        { length: sites.length === 0 ? 0 : organizationCount },
        (_, index) => `client-${index}`,
    );
    await writeFile(path.join(folder, "index.js"), program);
    await writeFile(path.join(folder, "sites.json"), JSON.stringify({ organizations, sites }));
    await writeFile(
        path.join(folder, "Pulumi.yaml"),
        "name: kills\nruntime:\n    name: nodejs\n    options:\n        typescript: false\n",
    );
}

/** What is applied and killed, from what is there before. */
export const operations = {
    "first up": (_before: readonly SiteLine[], count: number) => makeSites(count),
    update: (before: readonly SiteLine[]) => before.map((site) => ({ ...site, origin: "192.0.2.2", grace: "2h" })),
    removal: () => [],
} satisfies Record<string, (before: readonly SiteLine[], count: number) => SiteLine[]>;
export type Operation = keyof typeof operations;

/** Edits of the program after a kill: to what it was, to something else, or without the last sites. */
export const edits = {
    none: (wanted: readonly SiteLine[]) => [...wanted],
    "taken back": (_wanted: readonly SiteLine[], before: readonly SiteLine[]) => [...before],
    "half taken back": (wanted: readonly SiteLine[], before: readonly SiteLine[]) => {
        const longer = before.length > wanted.length ? before : wanted;
        return longer
            .slice(0, Math.ceil(longer.length / 2))
            .map((site, index) => (index % 2 === 0 ? (before[index] ?? site) : (wanted[index] ?? site)));
    },
    changed: (wanted: readonly SiteLine[]) =>
        wanted.map((site, index) => (index % 3 === 0 ? { ...site, grace: "3h", origin: "192.0.2.3" } : site)),
} satisfies Record<string, (wanted: readonly SiteLine[], before: readonly SiteLine[]) => SiteLine[]>;
export type Edit = keyof typeof edits;

export const pickEdit = (choices: Choices): Edit =>
    choices.pick("none", "none", "taken back", "half taken back", "changed");
