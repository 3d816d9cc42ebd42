import { UnknownValueError } from "@pulumi/policy";

/** A value as a preview knows it: every part of it may be missing. */
export type Known<T> = T extends readonly (infer Item)[]
    ? (Known<Item> | undefined)[]
    : T extends object
      ? { [Key in keyof T]?: Known<T[Key]> | undefined }
      : T;

/**
 * A plain copy of a resource's properties. Values that only an `up` will know are left out; `unknown` has their paths,
 * such as `origin.address`.
 */
export function copyKnown(properties: Record<string, unknown>): { known: Record<string, unknown>; unknown: string[] } {
    const unknown: string[] = [];
    const copy = (value: unknown, path: string[]): unknown => {
        if (typeof value !== "object" || value === null) return value;
        const entries = Object.keys(value).flatMap((key): [string, unknown][] => {
            const at = [...path, key];
            try {
                return [[key, copy((value as Record<string, unknown>)[key], at)]];
            } catch (error) {
                if (!(error instanceof UnknownValueError)) throw error;
                unknown.push(at.join("."));
                return [];
            }
        });
        if (!Array.isArray(value)) return Object.fromEntries(entries);
        const known = Object.fromEntries(entries);
        return Array.from(value.keys(), (index) => known[index]);
    };
    return { known: copy(properties, []) as Record<string, unknown>, unknown };
}
