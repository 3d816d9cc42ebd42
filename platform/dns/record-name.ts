import { findWrongIdn, hasNumberAtEnd, isWithin, normaliseHostname } from "section-model";
import { z } from "zod";

const longestName = 253;
const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

function refuseName(name: string): string | undefined {
    if (name.length > longestName) return `is longer than ${longestName} characters`;
    const labels = name.split(".");
    const wrong = labels.find((each, index) => !label.test(each) && !(each === "*" && index === 0));
    if (wrong === undefined) return undefined;
    return wrong.includes("*")
        ? "has a wildcard inside; * stands alone, as the first label"
        : `has the label "${wrong}"`;
}

/**
 * The name of a record in a zone, as one full name: `@` and nothing are the zone itself, `www` stands below it, and a
 * full name is recognised by its end; a trailing dot marks a full name for certain.
 *
 * @example recordNameSchema("acme.example").parse("www") === "www.acme.example"
 */
export function recordNameSchema(zone: string) {
    return z.string("must be the name of a record, such as www or @").transform((text, context) => {
        const written = text.trim();
        const name = normaliseHostname(written);
        let full = `${name}.${zone}`;
        if (name === "" || name === "@") full = zone;
        else if (isWithin(name, zone)) full = name;
        else if (written.endsWith(".")) {
            context.addIssue({
                code: "custom",
                message: `is not in zone ${zone}; write a name such as www, or @ for the zone itself`,
            });
            return z.NEVER;
        }
        const reason = refuseName(full);
        if (reason === undefined) return full;
        context.addIssue({ code: "custom", message: reason });
        return z.NEVER;
    });
}

/** A full name that a record points to: lower case, IDN as ASCII, no trailing dot. */
export const recordTargetSchema = z
    .string("must be a full name such as mail.acme.example")
    .transform((text, context) => {
        const name = normaliseHostname(text);
        const reason = name.includes(".")
            ? refuseName(name)
            : "has no dot; write the full name, such as mail.acme.example";
        if (reason === undefined && !name.startsWith("*") && !hasNumberAtEnd(name) && findWrongIdn(name) === undefined)
            return name;
        context.addIssue({
            code: "custom",
            message: reason ?? "must be a name, not an address, a wildcard or an IDN that stands for nothing",
        });
        return z.NEVER;
    });
