import type { Kind, Operation } from "./operation";
import type { Known, Made, Provider } from "./provider";
import type { ResourceState } from "./resource-state";
import { isProviderType } from "./urns";

/** The state as a provider is asked about it. */
export function knownOf({ urn, id = "", inputs, outputs }: ResourceState): Known {
    return { urn, id, inputs, outputs };
}

/** The engine's message for a resource that was made and is not complete. */
function initFailure(reasons: readonly string[]): Error {
    const count = reasons.length === 1 ? "1 error" : `${reasons.length} errors`;
    return new Error(`${count} occurred:\n${reasons.map((reason) => `\t* ${reason}`).join("\n")}`);
}

function settle({ settled, news }: Operation, old: ResourceState | undefined, state: ResourceState): ResourceState {
    if (old !== undefined) settled.add(old);
    news.push(state);
    return state;
}

/** The provider of a resource, where it has to be asked: a preview asks only those that foresee something. */
async function askedFor(operation: Operation, state: ResourceState): Promise<Provider | undefined> {
    if (!state.custom) return undefined;
    const provider = await operation.providerOf(state);
    return !operation.isPreview || (await provider.foresees()) ? provider : undefined;
}

/** Leaves a resource as it is, with the program's current options. */
export async function keep(operation: Operation, old: ResourceState, next: ResourceState): Promise<ResourceState> {
    if (isProviderType(next.type)) await operation.providers.configure(next.urn, old.id ?? "", old.inputs);
    const state = settle(operation, old, { ...next, id: old.id, outputs: old.outputs });
    operation.count("same", state);
    return state;
}

/** Makes a resource. `replaced` is the old state that it replaces. */
export async function create(
    operation: Operation,
    next: ResourceState,
    replaced?: ResourceState,
): Promise<ResourceState> {
    const provider = await askedFor(operation, next);
    const made: Omit<Made, "id"> & { id?: string } = (await provider?.create(
        next.urn,
        next.inputs,
        operation.isPreview,
    )) ?? { outputs: next.custom ? next.inputs : {} };
    const state = { ...next, ...made };
    settle(operation, replaced?.delete ? undefined : replaced, state);
    if (made.initErrors !== undefined) throw initFailure(made.initErrors);
    if (replaced === undefined) operation.count("create", state);
    return state;
}

/** Updates a resource. If the update fails half-way, the old inputs stay. */
export async function update(operation: Operation, old: ResourceState, next: ResourceState): Promise<ResourceState> {
    const provider = await askedFor(operation, next);
    const made: Pick<Made, "outputs" | "initErrors"> = (await provider?.update(
        { ...knownOf(old), urn: next.urn },
        next.inputs,
        operation.isPreview,
    )) ?? { outputs: next.custom ? next.inputs : old.outputs };
    const state: ResourceState = { ...next, id: old.id, outputs: made.outputs, initErrors: made.initErrors };
    if (made.initErrors !== undefined) {
        settle(operation, old, { ...state, inputs: old.inputs });
        throw initFailure(made.initErrors);
    }
    settle(operation, old, state);
    operation.count("update", state);
    return state;
}

interface Removal {
    /** URNs of other resources that this operation removes. */
    condemned: ReadonlySet<string>;
    /** The kind to count; none when another resource replaces it. */
    kind?: Kind;
    /** It is made again, and its state is kept until then. */
    isMadeAgain?: boolean;
}

/** Removes a resource. Does not call its provider if it is retained, or goes with another one. */
export async function remove(
    operation: Operation,
    old: ResourceState,
    { condemned, kind, isMadeAgain = false }: Removal,
): Promise<void> {
    if (kind !== undefined && old.protect)
        throw new Error(`resource "${old.urn}" cannot be deleted\nbecause it is protected`);
    const goesWithAnother = old.deletedWith !== undefined && condemned.has(old.deletedWith);
    if (!operation.isPreview && old.custom && !old.external && !old.retainOnDelete && !goesWithAnother) {
        const provider = await operation.providerOf(old);
        await provider.delete(knownOf(old)).catch((error: Error) => {
            throw new Error(`deleting ${old.urn}: ${error.message}`);
        });
    }
    if (isMadeAgain) old.pendingReplacement = true;
    else operation.settled.add(old);
    if (kind !== undefined) operation.count(kind, old);
}
