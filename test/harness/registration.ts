import type { Goal, Lookup } from "./goal";
import type { OldStates } from "./old-states";
import type { Operation } from "./operation";
import type { CheckFailure, Difference } from "./provider";
import { findDependentReplacements } from "./replacement";
import type { ResourceState } from "./resource-state";
import { create, keep, knownOf, remove, update } from "./steps";
import { makeUrn, nameOf, type Project } from "./urns";
import { isSame, mapSecrets, type Properties, unknownValue } from "./values";

type Step = () => Promise<ResourceState>;

export interface Registrar {
    /** Plans one resource, and returns the step to run. One call at a time. */
    plan(goal: Goal): Promise<Step>;
    planLookup(lookup: Lookup): Promise<Step>;
}

interface RegistrarOptions {
    operation: Operation;
    project: Project;
    olds: OldStates;
    /** Names of resources to replace, whether they change or not. */
    replace: readonly string[];
    /** Told each planned change, with the inputs before and after. */
    describe(kind: string, state: ResourceState, before: Properties): void;
}

const reveal = (value: unknown): unknown => mapSecrets(value, reveal);

function refuse({ say }: Operation, { type, urn, inputs }: ResourceState, failures: readonly CheckFailure[]): never {
    for (const { property, reason } of failures) {
        const value = property === "" ? "" : `: property ${property} value ${JSON.stringify(reveal(inputs[property]))}`;
        say(`error: ${type} resource '${nameOf(urn)}'${value} has a problem: ${reason}`);
    }
    throw new Error(`resource ${urn} is invalid`);
}

/** The inputs, with old values for keys whose changes the program ignores. */
function ignoreChanges(inputs: Properties, olds: Properties, keys: readonly string[]): Properties {
    const kept = keys.filter((key) => key in olds).map((key) => [key, olds[key]]);
    const without = Object.entries(inputs).filter(([key]) => !keys.includes(key));
    return { ...Object.fromEntries(without), ...Object.fromEntries(kept) };
}

export function openRegistrar({ operation, project, olds, replace, describe }: RegistrarOptions): Registrar {
    const registered = new Set<string>();
    /** URNs of resources that were removed because one that they need is made again. */
    const condemned = new Set<string>();

    const begin = (type: string, name: string, parent: string): string => {
        const urn = makeUrn(project, parent, type, name);
        if (registered.has(urn)) throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
        registered.add(urn);
        return urn;
    };

    const check = async (state: ResourceState, before: Properties, inputs: Properties): Promise<Properties> => {
        if (!state.custom) return inputs;
        const checked = await (await operation.providerOf(state)).check(state.urn, before, inputs);
        if (checked.failures.length > 0) refuse(operation, { ...state, inputs }, checked.failures);
        return checked.inputs;
    };

    const diff = async (old: ResourceState, next: ResourceState): Promise<Difference & { changes: boolean }> => {
        const isChanged = !isSame(old.inputs, next.inputs);
        if (!next.custom) return { changes: isChanged, replaces: [], deleteBeforeReplace: false };
        const provider = await operation.providerOf(next);
        const found = await provider.diff({ ...knownOf(old), urn: next.urn }, next.inputs);
        return { ...found, changes: found.changes ?? isChanged };
    };

    /** Deletes it, and before it the resources that cannot stay without it; then makes it again. */
    const replaceAfterDelete = async (old: ResourceState, next: ResourceState): Promise<Step> => {
        const dependents = await findDependentReplacements(operation, old, registered);
        const going = [...dependents].reverse().filter(({ urn }) => !condemned.has(urn));
        for (const each of going) {
            if (each.protect)
                throw new Error(`unable to replace resource "${each.urn}" as part of replacing "${old.urn}"`);
            condemned.add(each.urn);
        }
        return async () => {
            for (const each of going) await remove(operation, each, { condemned, isMadeAgain: true });
            if (!old.pendingReplacement) await remove(operation, old, { condemned, isMadeAgain: true });
            operation.count("replace", next);
            return create(operation, next, old);
        };
    };

    const replaceBeforeDelete = (old: ResourceState, next: ResourceState): Step => {
        return async () => {
            old.delete = true;
            const state = await create(operation, next, old).catch((error) => {
                const isHalfMade = operation.news.some((each) => each.urn === next.urn);
                old.delete = isHalfMade || undefined;
                throw error;
            });
            operation.count("replace", next);
            return state;
        };
    };

    const planReplacement = async (
        goal: Goal,
        old: ResourceState,
        next: ResourceState,
        { deleteBeforeReplace = false, isChecked = false },
    ): Promise<Step> => {
        if (old.protect && next.protect)
            throw new Error(`unable to replace resource "${next.urn}"\nas it is currently marked for protection`);
        const again = isChecked ? next : { ...next, inputs: await check(next, {}, goal.inputs) };
        describe("replace", again, old.inputs);
        return (goal.deleteBeforeReplace ?? deleteBeforeReplace)
            ? replaceAfterDelete(old, again)
            : replaceBeforeDelete(old, again);
    };

    const plan = async (goal: Goal): Promise<Step> => {
        const urn = begin(goal.type, goal.name, goal.parent);
        const old = olds.find(urn, goal);
        const { type, custom, provider, dependencies, propertyDependencies, protect, retainOnDelete, deletedWith } =
            goal;
        const parent = goal.parent || undefined;
        const base = { urn, type, custom, parent, provider: provider || undefined, dependencies, propertyDependencies };
        const bare = { ...base, protect, retainOnDelete, deletedWith, inputs: goal.inputs, outputs: {} };
        if (old?.external) throw new Error(`the harness makes nothing in the place of what was looked up: ${urn}`);
        const isMadeAgain = old !== undefined && condemned.has(old.urn);
        const isNamed = custom && replace.includes(goal.name);
        const isKnown = old !== undefined && !isMadeAgain && !isNamed;
        const wanted = old === undefined ? goal.inputs : ignoreChanges(goal.inputs, old.inputs, goal.ignoreChanges);
        const inputs = await check(bare, isKnown ? old.inputs : {}, isKnown ? wanted : goal.inputs);
        const next = { ...bare, inputs };
        if (isMadeAgain) {
            condemned.delete(old.urn);
            describe("replace", next, old.inputs);
            return async () => {
                operation.count("replace", next);
                return create(operation, next, old);
            };
        }
        if (old === undefined) {
            describe("create", next, {});
            return () => create(operation, next);
        }
        if (isNamed) return planReplacement(goal, old, next, { isChecked: true });
        const { changes, replaces, deleteBeforeReplace } = await diff(old, next);
        if (old.pendingReplacement || (changes && replaces.length > 0))
            return planReplacement(goal, old, next, { deleteBeforeReplace });
        if (!changes && old.initErrors === undefined) return () => keep(operation, old, next);
        describe("update", next, old.inputs);
        return () => update(operation, old, next);
    };

    const planLookup = async ({ id, inputs, ...lookup }: Lookup): Promise<Step> => {
        const { type, name, dependencies } = lookup;
        const urn = begin(type, name, lookup.parent);
        const old = olds.at(urn);
        if (old !== undefined && !old.external) throw new Error(`the harness gives nothing away: ${urn}`);
        const place = { urn, type, parent: lookup.parent || undefined, provider: lookup.provider || undefined };
        const bare = { ...place, id, custom: true, external: true, dependencies, propertyDependencies: {} };
        return async () => {
            const provider = await operation.providerOf(bare);
            const found =
                id === unknownValue ? { outputs: {} } : await provider.read({ urn, id, inputs, outputs: inputs });
            if (found === undefined) throw new Error(`resource '${id}' does not exist`);
            const state = { ...bare, inputs, outputs: found.outputs };
            if (old !== undefined) operation.settled.add(old);
            operation.news.push(state);
            if (old !== undefined && !isSame(old.outputs, state.outputs)) operation.count("read", state);
            return state;
        };
    };
    return { plan, planLookup };
}
