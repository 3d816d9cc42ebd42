import type { Properties } from "pulumi-section/internal";

/** A resource as `pulumi stack export` prints it. It has more fields than these, in the order of the engine. */
export interface RecordedResource {
    urn: string;
    custom?: boolean;
    delete?: boolean;
    id?: string;
    type: string;
    inputs?: Properties;
    outputs?: Properties;
    parent?: string;
    external?: boolean;
    /** The provider that manages it: `URN::ID`. */
    provider?: string;
    propertyDependencies?: Readonly<Record<string, unknown>>;
}

interface Deployment {
    resources?: RecordedResource[];
    pending_operations?: { resource: RecordedResource; type?: string }[];
}

/** The output of `pulumi stack export`, secrets encrypted. */
export interface StateDocument {
    /** Of the form, not of the state. */
    version?: number;
    deployment?: Deployment;
}

/** Reads the output of `pulumi stack export`. */
export function readStateDocument(text: string): StateDocument {
    return JSON.parse(text) as StateDocument;
}

/** The text that `pulumi stack export` would print. */
export function writeStateDocument(document: StateDocument): string {
    return `${JSON.stringify(document, undefined, 4)}\n`;
}

/** How the resources of a provider name it. */
export function referenceTo({ urn, id = "" }: Pick<RecordedResource, "urn" | "id">): string {
    return `${urn}::${id}`;
}

/** Properties in the order in which the engine writes them. Undefined for none: it does not write those. */
export function orderProperties(properties: Properties): Properties | undefined {
    const keys = Object.keys(properties).sort();
    return keys.length === 0 ? undefined : Object.fromEntries(keys.map((key) => [key, properties[key]]));
}
