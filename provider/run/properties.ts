export type Properties = Record<string, unknown>;

/** The value as JSON: without undefined, Dates and other values that the engine cannot carry. */
export function plain<T>(value: T): T {
    return JSON.parse(JSON.stringify(value)) as T;
}

function sorted(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
        Object.entries(value)
            .filter(([, item]) => item !== undefined)
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([key, item]) => [key, sorted(item)]),
    );
}

/** True when two values are the same in JSON, in any order of keys. */
export function isSame(one: unknown, other: unknown): boolean {
    return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** The properties without the internal ones of the engine and of this package. */
export function withoutInternal(properties: Properties): Properties {
    return pick(
        properties,
        Object.keys(properties).filter((key) => !key.startsWith("__")),
    );
}

/** The named properties that have a value. */
export function pick(properties: Properties, keys: readonly string[]): Properties {
    return Object.fromEntries(keys.filter((key) => properties[key] !== undefined).map((key) => [key, properties[key]]));
}
