import { configKeys, environmentSchema } from "section-model";
import type { Properties } from "../../run/properties";
import type { ManagedContent } from "./content";

const declarable = [...configKeys, "config"] as const;

/**
 * The parts of an existing content that a declaration can have. Empty ones are left out: they stay unmanaged, as those
 * that the schema refuses.
 *
 * @param tell told of each refused part, and why
 */
export function keepDeclarable(content: ManagedContent, tell: (property: string, reason: string) => void): Properties {
    const kept: Properties = {};
    for (const property of declarable) {
        const value = content[property];
        if (value === undefined || Object.keys(value).length === 0) continue;
        const parsed = environmentSchema.shape[property].safeParse(value);
        if (parsed.success) kept[property] = parsed.data;
        else tell(property, parsed.error.issues[0]?.message ?? "");
    }
    return kept;
}
