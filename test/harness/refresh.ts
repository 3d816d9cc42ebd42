import type { Operation } from "./operation";
import type { ResourceState } from "./resource-state";
import { knownOf } from "./steps";
import { isProviderType } from "./urns";
import { isSame } from "./values";

/** Reads a resource from the platform; undefined when it is gone. */
async function refreshOne(operation: Operation, old: ResourceState): Promise<ResourceState | undefined> {
    if (!old.custom || isProviderType(old.type) || old.pendingReplacement) {
        operation.count("same", old);
        return old;
    }
    const provider = await operation.providerOf(old);
    const found = await provider.read(knownOf(old));
    if (found === undefined) {
        operation.count("delete", old);
        return undefined;
    }
    const next: ResourceState = {
        ...old,
        id: found.id,
        inputs: found.inputs ?? old.inputs,
        outputs: found.outputs,
        initErrors: undefined,
    };
    // the changes of an `up` now, counted from the other side
    const { changes } = old.external
        ? { changes: !isSame(old.outputs, next.outputs) }
        : await provider.diff(knownOf(next), old.inputs);
    operation.count((changes ?? !isSame(next.inputs, old.inputs)) ? "update" : "same", old);
    return next;
}

/** Reads everything anew. */
export async function refreshAll(operation: Operation): Promise<void> {
    const found = new Map<ResourceState, ResourceState | undefined>();
    await Promise.all(
        operation.olds.map((old) =>
            operation.run(async () => void found.set(old, await refreshOne(operation, old))).catch(operation.fail),
        ),
    );
    for (const old of operation.olds) {
        if (!found.has(old)) continue;
        operation.settled.add(old);
        const next = found.get(old);
        if (next !== undefined) operation.news.push(next);
    }
}
