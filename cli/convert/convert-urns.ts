import { kindOfType, type Properties, resourceTypeOf, splitUrn, type Way } from "pulumi-section/internal";
import { signatureKey } from "../engine/engine-value";
import type { RecordedResource } from "./state-document";

/** Stands at `signatureKey` of a value that is another resource. */
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";

/** A type as it is called the other way. Types of other packages stay. */
export function convertType(type: string, way: Way): string {
    const kind = kindOfType(type);
    return kind === undefined ? type : resourceTypeOf(kind, way);
}

const joinUrn = (urn: string, path: string, name: string) => {
    const { stack, project } = splitUrn(urn);
    return `urn:pulumi:${stack}::${project}::${path}::${name}`;
};

/** The new URNs of the resources of a state, and of what names them. */
export class UrnConversion {
    readonly #urns = new Map<string, string>();

    constructor(private readonly way: Way) {}

    /** Converts the URN of a resource. Its parent comes first, as in every state. */
    take({ urn, parent = "" }: RecordedResource, type: string, name = splitUrn(urn).name): string {
        const { path } = splitUrn(urn);
        const above = path.split("$").slice(0, -1).join("$");
        const known = this.#urns.get(parent);
        const isBelow = known !== undefined && splitUrn(parent).path === above;
        const before = isBelow ? splitUrn(known).path : this.#convertPath(above);
        const converted = joinUrn(urn, before === "" ? type : `${before}$${type}`, name);
        this.#urns.set(urn, converted);
        return converted;
    }

    /** Lets a URN mean another resource of the state. */
    join(urn: string, other: string): void {
        this.#urns.set(urn, this.#urns.get(other) ?? other);
    }

    #convertPath(path: string): string {
        return path
            .split("$")
            .map((type) => convertType(type, this.way))
            .join("$");
    }

    /** A URN of the state, or an earlier one. Other texts stay. */
    convert(text: string): string {
        const known = this.#urns.get(text);
        if (known !== undefined || !text.startsWith("urn:pulumi:")) return known ?? text;
        const { path, name } = splitUrn(text);
        return path === "" ? text : joinUrn(text, this.#convertPath(path), name);
    }

    /** Every URN in a field of a resource that is none of its properties: a text, a list, lists by property. */
    convertField(value: unknown): unknown {
        return mapTexts(value, (text) => this.convert(text));
    }

    /**
     * The resources in properties. Of a component and of the stack also each text that is the URN of a resource of this
     * state: the program sets it anew. What another provider made with such a text stays as it was made.
     */
    convertProperties(properties: Properties, isCustom: boolean): Properties {
        const convert = (value: unknown): unknown => {
            if (Array.isArray(value)) return value.map(convert);
            if (typeof value === "string") return isCustom ? value : (this.#urns.get(value) ?? value);
            if (typeof value !== "object" || value === null) return value;
            const all = Object.entries(value).map(([key, item]): [string, unknown] => [key, convert(item)]);
            const { urn, [signatureKey]: signature } = value as Properties;
            const isResource = signature === resourceSignature && typeof urn === "string";
            return { ...Object.fromEntries(all), ...(isResource && { urn: this.convert(urn) }) };
        };
        return convert(properties) as Properties;
    }
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
    if (typeof value === "string") return change(value);
    if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}
