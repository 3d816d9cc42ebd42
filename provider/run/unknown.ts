/** The engine's text for a value that is not known yet. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** True when a value, or anything inside it, is not known yet. */
export function hasUnknown(value: unknown): boolean {
    if (value === unknownValue) return true;
    if (Array.isArray(value)) return value.some(hasUnknown);
    return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}
