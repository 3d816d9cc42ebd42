import * as pulumi from "@pulumi/pulumi";

/** Properties as they are on the wire: plain JSON, with marks for secrets and for unknown values. */
export type Properties = Record<string, unknown>;

const { specialSigKey: mark, specialSecretSig: secretMark, unknownValue } = pulumi.runtime;

export { unknownValue };

type Fields = Record<string, unknown>;

function isObject(value: unknown): value is Fields {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isSecret(value: unknown): value is { value: unknown } {
    return isObject(value) && value[mark] === secretMark;
}

/** True for a plain object, not for a mark. */
export function isPlainObject(value: unknown): value is Fields {
    return isObject(value) && !isSecret(value);
}

export function makeSecret(value: unknown): unknown {
    return { [mark]: secretMark, value };
}

/** The value with `change` applied to each secret in it. */
export function mapSecrets(value: unknown, change: (value: unknown) => unknown): unknown {
    if (isSecret(value)) return change(value.value);
    if (Array.isArray(value)) return value.map((each) => mapSecrets(each, change));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapSecrets(each, change)]));
}

/** The properties for a provider that does not accept marked secrets. */
export function revealSecrets(properties: Properties): Properties {
    const reveal = (value: unknown): unknown => mapSecrets(value, reveal);
    return reveal(properties) as Properties;
}

function hasSecret(value: unknown): boolean {
    if (isSecret(value)) return true;
    return isObject(value) || Array.isArray(value) ? Object.values(value).some(hasSecret) : false;
}

/** Restores marks that a provider's answer lacks: for keys that were secret in the request. */
export function remarkSecrets(answer: Properties, sent: Properties): Properties {
    const remarked = { ...answer };
    for (const [key, value] of Object.entries(sent)) {
        const own = answer[key];
        if (!(key in answer)) continue;
        if (isPlainObject(own) && isPlainObject(value)) remarked[key] = remarkSecrets(own, value);
        else if (!isSecret(own) && hasSecret(value)) remarked[key] = makeSecret(own);
    }
    return remarked;
}

/** True for the same value; a key without a value is the same as no key. */
export function isSame(one: unknown, other: unknown): boolean {
    if (Array.isArray(one) && Array.isArray(other))
        return one.length === other.length && one.every((each, index) => isSame(each, other[index]));
    if (!isObject(one) || !isObject(other)) return (one ?? null) === (other ?? null);
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) => isSame(one[key], other[key]));
}
