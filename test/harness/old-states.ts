import type { Alias, Goal } from "./goal";
import type { ResourceState } from "./resource-state";
import { makeUrn, nameOf, type Project } from "./urns";

/** Finds the old state of a declared resource, also under an earlier URN. */
export interface OldStates {
    /** Undefined for a new resource. Finds each state once. */
    find(urn: string, goal: Pick<Goal, "name" | "type" | "parent" | "aliases">): ResourceState | undefined;
    at(urn: string): ResourceState | undefined;
}

export function indexOldStates(
    olds: readonly ResourceState[],
    project: Project,
    renamed: Map<string, string>,
): OldStates {
    const byUrn = new Map(olds.filter((old) => !old.delete).map((old) => [old.urn, old]));
    const formerly = new Map<string, string>();

    const urnOfAlias = (goal: Pick<Goal, "name" | "type" | "parent">, alias: Alias): string => {
        if (alias.urn !== undefined) return alias.urn;
        const parent = alias.hasNoParent ? "" : (alias.parent ?? goal.parent);
        return makeUrn(project, parent, alias.type ?? goal.type, alias.name ?? goal.name);
    };

    /** The URN of a child below its parent's former name. The child's name may begin with the parent's. */
    const belowFormerParent = (parent: string, { name, type }: Pick<Goal, "name" | "type">): string[] => {
        const former = formerly.get(parent);
        if (former === undefined) return [];
        const [own, before] = [nameOf(parent), nameOf(former)];
        return [makeUrn(project, former, type, name.startsWith(own) ? before + name.slice(own.length) : name)];
    };

    return {
        at: (urn) => byUrn.get(urn),
        find: (urn, goal) => {
            const direct = goal.aliases.map((alias) => urnOfAlias(goal, alias));
            const inherited = belowFormerParent(goal.parent, goal);
            for (const candidate of [urn, ...direct, ...inherited]) {
                const old = byUrn.get(candidate);
                if (old === undefined) continue;
                if (candidate === urn) return old;
                if (renamed.has(candidate))
                    throw new Error(`Duplicate resource alias '${candidate}' applied to resource with URN '${urn}'`);
                renamed.set(candidate, urn);
                formerly.set(urn, candidate);
                return old;
            }
            return undefined;
        },
    };
}
