import { type EstateCounts, type Inventory, type LeftOut, resourcesOf } from "./inventory";

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

/** True for a text of several lines with a sign that Pulumi's writer of TypeScript leaves out. */
const losesSigns = (content: unknown) =>
    typeof content === "string" && content.replace(/^\n|\n$/, "").includes("\n") && /\$(?!\{)/.test(content);

/** A line for environments whose files `pulumi import` writes wrongly in TypeScript. */
export function lostSignLines({ clients }: Pick<Inventory, "clients">): string[] {
    const changed = resourcesOf({ clients }).filter(({ recorded: { inputs } }) =>
        Object.values(inputs.config ?? {}).some(losesSigns),
    );
    if (changed.length === 0) return [];
    return [
        "",
        `the TypeScript that pulumi import writes loses a "$" in files of ${changed.length} environments, by a fault of Pulumi;`,
        "the program in this folder keeps it, and so does code in YAML",
    ];
}
