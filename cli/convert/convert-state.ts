import {
    isDefaultProvider,
    kindOfType,
    nameOfUrn,
    type Properties,
    providerTextOf,
    providerTypes,
    type ResourceKind,
    type Way,
} from "pulumi-section/internal";
import { Problem } from "section-model";
import { addShown, leaveShown } from "./convert-outputs";
import { type ProviderChange, planProviders } from "./convert-providers";
import { convertSettings, noteWay, type StackSettings } from "./convert-settings";
import { convertType, UrnConversion } from "./convert-urns";
import { orderProperties, type RecordedResource, referenceTo, type StateDocument } from "./state-document";

/** A state whose resources go the other way. */
export interface Conversion {
    document: StateDocument;
    /** How many resources of each kind were converted. */
    counts: ReadonlyMap<ResourceKind, number>;
    /** Names of the converted providers. */
    providers: readonly string[];
}

const providerProperty = "__provider";

function convertText(properties: Properties = {}, kind: ResourceKind, way: Way): Properties | undefined {
    const { [providerProperty]: _, ...rest } = properties;
    return orderProperties(way === "plugin" ? rest : { ...rest, [providerProperty]: providerTextOf(kind) });
}

/** The engine remembers for each property that a program gave where it came from. */
function convertDependencies(
    dependencies: RecordedResource["propertyDependencies"],
    way: Way,
): RecordedResource["propertyDependencies"] {
    if (dependencies === undefined) return undefined;
    const { [providerProperty]: _, ...rest } = dependencies;
    return orderProperties(way === "plugin" ? rest : { ...rest, [providerProperty]: [] }) as typeof dependencies;
}

/** Converts the resources of a state one after the other. */
class StateConversion {
    readonly counts = new Map<ResourceKind, number>();
    readonly providers: string[] = [];
    readonly #urns: UrnConversion;
    /** The references that our resources have, and those that they get. */
    readonly #references = new Map<string, string>();
    readonly #plan: ReadonlyMap<string, ProviderChange>;
    /** Resources that stay what they are, as far as they are taken. */
    readonly #others = new Set<RecordedResource>();

    constructor(
        resources: readonly RecordedResource[],
        private readonly way: Way,
        private readonly settings: StackSettings,
        private readonly makeId: () => string,
    ) {
        this.#urns = new UrnConversion(way);
        this.#plan = planProviders(resources, way);
    }

    take(resource: RecordedResource): RecordedResource[] {
        const kind = kindOfType(resource.type);
        if (kind !== undefined) return [this.#takeOurs(resource, kind)];
        if (this.#others.has(resource)) return []; // a provider that another one joined
        const change = this.#plan.get(referenceTo(resource));
        if (change === undefined) return [this.#takeOther(resource)];
        this.providers.push(nameOfUrn(resource.urn));
        const twins =
            change.twin === undefined ? [this.#makeTwin(resource, change)] : this.#join(resource, change.twin);
        // last, so that its URN goes on to mean itself
        return change.isKept ? [this.#takeOther(resource), ...twins] : twins;
    }

    #takeOther(resource: RecordedResource): RecordedResource {
        this.#others.add(resource);
        const isWhole = resource.type === providerTypes.dynamic && isDefaultProvider(resource.urn);
        return this.#move(isWhole ? noteWay(resource, this.settings) : resource, resource.type);
    }

    /** A provider's twin of the other package. */
    #makeTwin(provider: RecordedResource, { isKept }: ProviderChange): RecordedResource {
        const name = isDefaultProvider(provider.urn) ? "default" : undefined;
        const settings = convertSettings(provider, this.way, this.settings);
        const id = isKept ? this.makeId() : provider.id;
        const twin = this.#move({ ...provider, ...settings, id }, providerTypes[this.way], name);
        this.#references.set(referenceTo(provider), referenceTo(twin));
        return twin;
    }

    /**
     * Gives the resources of a provider another one, which may have become what it is a moment ago. One that comes
     * later comes now: a state has providers before their resources.
     */
    #join(provider: RecordedResource, twin: RecordedResource): RecordedResource[] {
        const reference = referenceTo(twin);
        const isThere = this.#others.has(twin) || this.#references.has(reference);
        const early = isThere ? [] : [this.#takeOther(twin)];
        this.#references.set(referenceTo(provider), this.#references.get(reference) ?? reference);
        this.#urns.join(provider.urn, twin.urn);
        return early;
    }

    #takeOurs(resource: RecordedResource, kind: ResourceKind): RecordedResource {
        const type = convertType(resource.type, this.way);
        if (type === resource.type) return this.#move(resource, type);
        this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
        const { id, inputs, outputs = {}, provider, propertyDependencies } = resource;
        const shown = this.way === "plugin" ? addShown(kind, id, outputs) : leaveShown(kind, outputs);
        return this.#move(
            {
                ...resource,
                inputs: convertText(inputs, kind, this.way),
                outputs: convertText(shown, kind, this.way),
                provider: provider && (this.#references.get(provider) ?? provider),
                propertyDependencies: convertDependencies(propertyDependencies, this.way),
            },
            type,
        );
    }

    /** A resource with another type, and new URNs in all its fields. */
    #move(resource: RecordedResource, type: string, name?: string): RecordedResource {
        const urn = this.#urns.take(resource, type, name);
        const { custom = false, delete: isLeaving, id, inputs, outputs, provider } = resource;
        const { urn: _, type: __, ...fields } = resource;
        // the first fields are in the order of the engine, which may have left out some of them
        const head = { urn, custom, delete: isLeaving, id, type, inputs, outputs };
        const rest = Object.entries(fields).filter(([field]) => !(field in head));
        const moved = rest.map(([field, value]) => [
            field,
            field === "provider" ? provider : this.#urns.convertField(value),
        ]);
        return { ...head, ...Object.fromEntries(moved) };
    }

    /** Converts the URNs in properties, once those of all resources are known: the stack comes first. */
    finish(resource: RecordedResource): RecordedResource {
        const { custom = false, inputs, outputs } = resource;
        const convert = (properties?: Properties) => properties && this.#urns.convertProperties(properties, custom);
        return { ...resource, inputs: convert(inputs), outputs: convert(outputs) };
    }
}

function refuseTwice(resources: readonly RecordedResource[]): void {
    const urns = new Set<string>();
    for (const { urn, delete: isLeaving } of resources) {
        if (isLeaving) continue;
        if (urns.has(urn))
            throw new Problem(
                "invalid-input",
                `the state has ${nameOfUrn(urn)} twice, as a dynamic resource and as one of the plugin: ${urn}`,
                {
                    remedy: "Remove the one that is not wanted with: pulumi state delete URN",
                },
            );
        urns.add(urn);
    }
}

/**
 * Rewrites a state as if all resources of this package had always gone the other way: types, URNs, providers, and the
 * outputs that the plugin has beside the others. Changes nothing else, so that converting back gives the same state.
 *
 * @param settings as the stack has them afterwards
 * @param makeId makes the id of a provider, where one is added
 * @throws Problem `invalid-input` for a state that has a resource both ways
 */
export function convertState(
    document: StateDocument,
    way: Way,
    settings: StackSettings,
    makeId: () => string,
): Conversion {
    const before = document.deployment?.resources;
    const conversion = new StateConversion(before ?? [], way, settings, makeId);
    const moved = before?.flatMap((resource) => conversion.take(resource));
    const resources = moved?.map((resource) => conversion.finish(resource));
    refuseTwice(resources ?? []);
    const deployment = document.deployment && { ...document.deployment, ...(resources && { resources }) };
    return {
        document: { ...document, ...(deployment && { deployment }) },
        counts: conversion.counts,
        providers: conversion.providers,
    };
}
