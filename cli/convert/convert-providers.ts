import { isDefaultProvider, kindOfType, nameOfUrn, providerTypes, type Way } from "pulumi-section/internal";
import { isExplicitProvider } from "./convert-settings";
import { type RecordedResource, referenceTo } from "./state-document";

/** A provider of the way that is left: its resources get another one. */
export interface ProviderChange {
    /** True for one that other packages' resources use, too: it stays beside its twin. */
    isKept: boolean;
    /** The provider that they get; undefined if it is made of this one. It may be one that is changed itself. */
    twin?: RecordedResource;
}

interface Users {
    ours: number;
    others: number;
}

function countUsers(resources: readonly RecordedResource[]): Map<string, Users> {
    const users = new Map<string, Users>();
    for (const { type, provider } of resources) {
        if (provider === undefined) continue;
        const known = users.get(provider) ?? { ours: 0, others: 0 };
        known[kindOfType(type) === undefined ? "others" : "ours"] += 1;
        users.set(provider, known);
    }
    return users;
}

/** True for two providers that a program declares in one line: by its class, or by default. */
function isTwin(one: RecordedResource, other: RecordedResource): boolean {
    return isDefaultProvider(one.urn) ? isDefaultProvider(other.urn) : nameOfUrn(one.urn) === nameOfUrn(other.urn);
}

/** What becomes of the providers of the way that is left, by their references. */
export function planProviders(resources: readonly RecordedResource[], way: Way): Map<string, ProviderChange> {
    const left = providerTypes[way === "plugin" ? "dynamic" : "plugin"];
    const users = countUsers(resources);
    const twins = resources.filter(({ type, delete: isLeaving }) => type === providerTypes[way] && !isLeaving);
    const plan = new Map<string, ProviderChange>();
    for (const provider of resources.filter(({ type }) => type === left)) {
        const { ours, others } = users.get(referenceTo(provider)) ?? { ours: 0, others: 0 };
        // the engine's provider of dynamic resources may be somebody else's alone
        if (way === "plugin" && ours === 0 && !isExplicitProvider(provider)) continue;
        const twin = twins.find((each) => isTwin(provider, each));
        plan.set(referenceTo(provider), { isKept: others > 0, twin });
        if (twin === undefined && !provider.delete) twins.push(provider);
    }
    return plan;
}
