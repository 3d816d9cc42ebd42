import { kindOfType, pluginPackage, resourceTypeOf } from "pulumi-section/internal";

/** A resource in a state, a step of a preview or an event. */
export interface TypedResource {
    type: string;
    /** False for a component. */
    custom?: boolean;
}

const prefixes = [`${pluginPackage}:index:`, resourceTypeOf("guard", "dynamic").replace(/\w+$/, "")];

/**
 * The kind of a resource of this package, whatever way it goes. It may be one of a later version. Undefined for
 * components, and for resources of other packages.
 *
 * @example kindOfRecorded({ type: "section:index:Team" }) === "team"
 */
export function kindOfRecorded({ type, custom = false }: TypedResource): string | undefined {
    const known = kindOfType(type);
    const prefix = prefixes.find((each) => type.startsWith(each));
    if (known !== undefined || !custom || prefix === undefined) return known;
    const name = type.slice(prefix.length);
    return `${name[0]?.toLowerCase()}${name.slice(1)}`;
}
