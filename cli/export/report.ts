import type { EstateCounts, LeftOut } from "./inventory";

/** Numbers of resources, by kind. */
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

/** A line for each resource that stays outside of the program, with the reason. */
export function leftOutLines(leftOut: readonly LeftOut[]): string[] {
    if (leftOut.length === 0) return [];
    return [
        "",
        `left out, and stays as it is (${leftOut.length}):`,
        ...leftOut.map(({ id, what, because }) => `  ${id}  ${what}: ${because}`),
    ];
}
