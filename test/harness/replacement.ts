import type { Operation } from "./operation";
import { dependenciesOf, type ResourceState } from "./resource-state";
import { knownOf } from "./steps";
import { isProviderType } from "./urns";
import { unknownValue } from "./values";

/** Everything that needs a resource, directly or not, the nearest first. */
function dependentsOf(root: ResourceState, all: readonly ResourceState[]): ResourceState[] {
    const urns = new Set([root.urn]);
    const found = new Set<ResourceState>();
    let before = -1;
    while (before !== found.size) {
        before = found.size;
        for (const each of all) {
            if (found.has(each) || each === root || !dependenciesOf(each).some((urn) => urns.has(urn))) continue;
            urns.add(each.urn);
            found.add(each);
        }
    }
    return [...found];
}

/**
 * Finds the resources to remove before one that is deleted and made again: those that would be replaced if the values
 * that they take from it changed. Resources that the program has registered already are left out.
 */
export async function findDependentReplacements(
    operation: Operation,
    root: ResourceState,
    registered: ReadonlySet<string>,
): Promise<ResourceState[]> {
    const replaced = new Set([root.urn]);
    const found: ResourceState[] = [];
    const candidates = operation.olds.filter((old) => !registered.has(old.urn));
    for (const each of dependentsOf(root, candidates)) {
        if (!each.custom || each.external || isProviderType(each.type)) continue;
        const isChanged = (key: string) => each.propertyDependencies[key]?.some((urn) => replaced.has(urn)) ?? false;
        const keys = Object.keys(each.inputs).filter(isChanged);
        if (keys.length === 0) continue;
        const inputs = { ...each.inputs, ...Object.fromEntries(keys.map((key) => [key, unknownValue])) };
        const { replaces } = await (await operation.providerOf(each)).diff(knownOf(each), inputs);
        if (replaces.length === 0) continue;
        replaced.add(each.urn);
        found.push(each);
    }
    return found;
}
