import type { EstateCounts, LeftOut } from "./inventory";

/** How much there is of each kind. */
export function countLines({
    organizations,
    members,
    sites,
    environments,
    domains,
    resources,
}: EstateCounts): [string, string][] {
    const counts = { organizations, members, sites, environments, domains, resources };
    return Object.entries(counts).map(([name, count]) => [name, count.toLocaleString("en")]);
}

/** What stays outside of the program, a line for each, and why. */
export function leftOutLines(leftOut: readonly LeftOut[]): string[] {
    if (leftOut.length === 0) return [];
    return [
        "",
        `left out, and stays as it is (${leftOut.length}):`,
        ...leftOut.map(({ id, what, because }) => `  ${id}  ${what}: ${because}`),
    ];
}
