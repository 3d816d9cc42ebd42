import { createHash } from "node:crypto";
import { makeSecret, mapSecrets, type Properties } from "./values";

/** A resource in the state of a stack. */
export interface ResourceState {
    urn: string;
    type: string;
    custom: boolean;
    id?: string;
    inputs: Properties;
    outputs: Properties;
    parent?: string;
    /** URN and id of the provider. */
    provider?: string;
    dependencies: string[];
    propertyDependencies: Record<string, string[]>;
    protect?: boolean;
    retainOnDelete?: boolean;
    deletedWith?: string;
    /** Looked up, not made. */
    external?: boolean;
    /** Why it is not complete; the next operation updates it. */
    initErrors?: string[];
    /** Replaced, and to be deleted. */
    delete?: boolean;
    /** Deleted, and to be made again. */
    pendingReplacement?: boolean;
}

/** URNs of everything that it needs. */
export function dependenciesOf(state: ResourceState): string[] {
    const provider = state.provider?.split("::").slice(0, 4).join("::");
    return [
        ...[state.parent, provider, state.deletedWith].filter((urn) => urn !== undefined),
        ...state.dependencies,
        ...Object.values(state.propertyDependencies).flat(),
    ];
}

/** The state with renamed URNs of the resources that it needs; those that are gone are left out. */
export function renameDependencies(state: ResourceState, rename: (urn: string) => string | undefined): ResourceState {
    const all = (urns: string[]) => urns.map(rename).filter((urn) => urn !== undefined);
    const [project, stack, type, name, ...id] = state.provider?.split("::") ?? [];
    const provider = state.provider && [rename([project, stack, type, name].join("::")), ...id].join("::");
    return {
        ...state,
        parent: state.parent && (rename(state.parent) ?? state.parent),
        provider,
        deletedWith: state.deletedWith && rename(state.deletedWith),
        dependencies: all(state.dependencies),
        propertyDependencies: Object.fromEntries(
            Object.entries(state.propertyDependencies).map(([key, urns]) => [key, all(urns)]),
        ),
    };
}

/** A secret as a state file has it: a mark without the value. */
function seal(value: unknown): unknown {
    const { value: _value, ...mark } = makeSecret(undefined) as { value: unknown };
    return { ...mark, ciphertext: createHash("sha256").update(JSON.stringify(value)).digest("hex") };
}

/** The text of a state as the engine writes it, with its secrets sealed. */
export function writeState(resources: readonly ResourceState[]): string {
    const sealed = resources.map((each) => mapSecrets(each, seal));
    return JSON.stringify({ version: 3, checkpoint: { latest: { resources: sealed } } }, undefined, 4);
}
