import type { Properties } from "pulumi-section/internal";
import { markSecret } from "./marks";

/** Property -> the part of it that is a secret in every program. */
const secretParts: Readonly<Record<string, string>> = { certificate: "privateKey" };

/**
 * The inputs with marks for what is always a secret. By the schema, SDKs of other languages mark whole properties, and
 * nothing inside of one.
 */
export function withOwnSecrets(inputs: Properties): Properties {
    const marked = { ...inputs };
    for (const [property, part] of Object.entries(secretParts)) {
        const whole = inputs[property];
        if (typeof whole !== "object" || whole === null) continue;
        const value = (whole as Properties)[part];
        if (typeof value === "string") marked[property] = { ...whole, [part]: markSecret(value) };
    }
    return marked;
}
