export type Properties = Record<string, unknown>;

/** The value as JSON has it: no undefined, no Dates, nothing that the engine cannot carry. */
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

/** True when two values are the same to JSON, whatever the order of their keys. */
export function isSame(one: unknown, other: unknown): boolean {
    return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** What is there beside the engine's and our own internal properties. */
export function withoutInternal(properties: Properties): Properties {
    return pick(
        properties,
        Object.keys(properties).filter((key) => !key.startsWith("__")),
    );
}

/** The named properties that are there. */
export function pick(properties: Properties, keys: readonly string[]): Properties {
    return Object.fromEntries(keys.filter((key) => properties[key] !== undefined).map((key) => [key, properties[key]]));
}
