import { type Properties, unknownValue } from "pulumi-section/internal";

// of the engine's protocol; the SDK has them too, and takes 0.4 s to load at each start
const markKey = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";
const outputMark = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** The engine's texts for values that are not known yet and that are no text, by their types. */
const unknownTexts: readonly string[] = [
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

interface Marked extends Properties {
    value?: unknown;
    secret?: boolean;
}

function isObject(value: unknown): value is Marked {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isMarked = (value: unknown): value is Marked => isObject(value) && markKey in value;
const isOutput = (value: unknown): value is Marked => isObject(value) && value[markKey] === outputMark;

function isSecret(value: unknown): boolean {
    return isObject(value) && (value[markKey] === secretMark || (isOutput(value) && value.secret === true));
}

/** A value as the engine sends and takes a secret. */
export function markSecret(value: unknown): unknown {
    return { [markKey]: secretMark, value };
}

/** True when a value, or anything inside it, is marked as a secret. */
export function hasSecret(value: unknown): boolean {
    if (isSecret(value)) return true;
    return typeof value === "object" && value !== null && Object.values(value).some(hasSecret);
}

/** The value without marks of secrets and outputs, and with one text for everything that is not known yet. */
export function withoutMarks(value: unknown): unknown {
    if (typeof value === "string") return unknownTexts.includes(value) ? unknownValue : value;
    if (Array.isArray(value)) return value.map(withoutMarks);
    if (!isObject(value)) return value;
    if (isSecret(value) || isOutput(value)) return "value" in value ? withoutMarks(value.value) : unknownValue;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutMarks(each)]));
}

/**
 * An answer with the marks of what was sent: the engine marks nothing by itself for a provider that takes secrets. A
 * property that was a secret, or in which an item of a list was one, is a secret as a whole; objects are marked inside.
 */
export function withMarksOf(sent: Properties, answer: Properties): Properties {
    const marked = { ...answer };
    for (const [key, value] of Object.entries(sent)) {
        const own = marked[key];
        if (own === undefined || isMarked(own)) continue;
        if (isObject(own) && isObject(value) && !isMarked(value)) marked[key] = withMarksOf(value, own);
        else if (hasSecret(value)) marked[key] = markSecret(own);
    }
    return marked;
}

/** The declared files whose content is a secret; true for all of a value that is not known yet, undefined for none. */
export function secretFilesOf({ config }: Properties): string[] | true | undefined {
    const isWhole = isSecret(config);
    const declared = isWhole ? withoutMarks(config) : config;
    if (!isObject(declared)) return isWhole ? true : undefined;
    const files = Object.keys(declared).filter((path) => isWhole || hasSecret(declared[path]));
    return files.length > 0 ? files : undefined;
}
