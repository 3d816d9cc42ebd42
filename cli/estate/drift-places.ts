import type { DriftState, SeenDrift } from "./report";

/** The result of a comparison with a stack, by ids of the platform. */
export interface ComparedStack {
    /** Resources that the stack declares. */
    declared: ReadonlySet<string>;
    /** Each with one line that names the differences. */
    drifted: readonly { id: string; line: string }[];
    /** Resources that could not be looked at. */
    failed: ReadonlySet<string>;
}

const notAsked: SeenDrift = { state: "not asked", found: [] };

function isWithin(id: string, place: string): boolean {
    return id === place || id.startsWith(`${place}/`);
}

/** The part of a comparison that is about things for which `isMeant` says so. */
function driftWhere(compared: ComparedStack | undefined, isMeant: (id: string) => boolean): SeenDrift {
    if (compared === undefined) return notAsked;
    const found = compared.drifted.filter(({ id }) => isMeant(id)).map(({ line }) => line);
    const state = (): DriftState => {
        if (found.length > 0) return "drifted";
        if ([...compared.failed].some(isMeant)) return "not known";
        return [...compared.declared].some(isMeant) ? "as declared" : "not declared";
    };
    return { state: state(), found };
}

/** A comparison cut by client, so that each looks through its own only. */
export function splitByClient(compared: ComparedStack | undefined): (client: string) => ComparedStack | undefined {
    if (compared === undefined) return () => undefined;
    const empty = () => ({
        declared: new Set<string>(),
        drifted: [] as { id: string; line: string }[],
        failed: new Set<string>(),
    });
    const parts = new Map<string, ReturnType<typeof empty>>();
    const partOf = (id: string) => {
        const key = id.split("/", 1).join();
        const part = parts.get(key) ?? empty();
        parts.set(key, part);
        return part;
    };
    for (const id of compared.declared) partOf(id).declared.add(id);
    for (const each of compared.drifted) partOf(each.id).drifted.push(each);
    for (const id of compared.failed) partOf(id).failed.add(id);
    return (client) => parts.get(client) ?? empty();
}

/** Drift of an organization, its people, and sites that are gone. */
export function driftBeside(compared: ComparedStack | undefined, sites: readonly string[]): SeenDrift {
    const isOfSite = (id: string) => sites.some((site) => isWithin(id, site));
    return driftWhere(compared, (id) => !isOfSite(id));
}

/** Drift of a site or environment with all that belongs to it. */
export function driftBelow(compared: ComparedStack | undefined, place: string): SeenDrift {
    return driftWhere(compared, (id) => isWithin(id, place));
}
