import type { Operation } from "./operation";
import { dependenciesOf, type ResourceState } from "./resource-state";
import { remove } from "./steps";

/**
 * Orders deletes: the resources of one list may go at the same time, and each goes before those that it needs. The
 * depth of a resource is its longest chain of needs.
 */
export function scheduleDeletes(condemned: readonly ResourceState[]): ResourceState[][] {
    const byUrn = new Map(condemned.map((state) => [state.urn, state]));
    const depths = new Map<ResourceState, number>();
    const depthOf = (state: ResourceState): number => {
        const known = depths.get(state);
        if (known !== undefined) return known;
        depths.set(state, 0); // two with one URN may need each other by name
        const below = dependenciesOf(state).flatMap((urn) => byUrn.get(urn) ?? []);
        const depth = Math.max(0, ...below.filter((each) => each !== state).map((each) => depthOf(each) + 1));
        depths.set(state, depth);
        return depth;
    };
    const levels: ResourceState[][] = [];
    for (const state of condemned) {
        const depth = depthOf(state);
        levels[depth] = [...(levels[depth] ?? []), state];
    }
    return levels.reverse().filter((level) => level !== undefined);
}

/** Removes replaced resources, and those that the program does not declare any more. */
export async function removeTheRest(operation: Operation): Promise<void> {
    const rest = operation.olds.filter((old) => !operation.settled.has(old));
    const condemned = new Set(rest.map(({ urn }) => urn));
    for (const level of scheduleDeletes(rest)) {
        const results = await Promise.allSettled(
            level.map((old) =>
                operation.run(async () => {
                    if (old.pendingReplacement) return void operation.settled.add(old);
                    const kind = old.delete ? undefined : old.external ? "discard" : "delete";
                    await remove(operation, old, { condemned, kind });
                }),
            ),
        );
        for (const result of results) if (result.status === "rejected") operation.fail(result.reason);
        if (operation.isOver) return;
    }
}
