import { z } from "zod";
import { recordTargetSchema } from "./record-name";

/** Every type a hosted zone can have. `ALIAS` is a CNAME that may stand at the apex and beside other records. */
export const recordTypes = ["A", "AAAA", "ALIAS", "CNAME", "MX", "TXT", "SRV", "CAA", "NS"] as const;

export type RecordType = (typeof recordTypes)[number];

/** One item of a record's data: text, or an object when it has several parts. */
export type RecordData =
    | string
    | { preference: number; exchange: string }
    | { priority: number; weight: number; port: number; target: string }
    | { flags: number; tag: string; value: string };

const longestText = 4096;
const number = (most: number) => {
    const reason = `must be a whole number from 0 to ${most}`;
    const digits = z
        .string()
        .regex(/^\d{1,5}$/)
        .transform(Number);
    return z.union([z.int(), digits], reason).pipe(z.int().min(0, reason).max(most, reason));
};
const targetOrNone = z.union(
    [z.literal("."), recordTargetSchema],
    "must be a full name such as mail.acme.example, or . for none",
);

const ipv6 = z.ipv6("must be an IPv6 address").transform((text) => new URL(`http://[${text}]/`).hostname.slice(1, -1));

/** Text as people paste it: quotes are removed, and several quoted parts are one text. */
function unquote(text: string): string {
    const trimmed = text.trim();
    if (!/^"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*$/.test(trimmed)) return text;
    return [...trimmed.matchAll(/"((?:[^"\\]|\\.)*)"/g)]
        .map(([, inner = ""]) => inner.replaceAll(/\\(.)/g, "$1"))
        .join("");
}

const text = z
    .string("must be a text")
    .transform(unquote)
    .refine((value) => value !== "" && value.length <= longestText, `must have 1 to ${longestText} characters`)
    .refine((value) => /^[\x20-\x7e]*$/.test(value), "may have printable ASCII characters only")
    .refine((value) => unquote(value) === value, "is quoted twice");

/** Lets an object be written as its parts with blanks between them, the way zone files do. */
function parts<T extends z.ZodType>(names: readonly string[], example: string, schema: T) {
    const fromText = (value: unknown) => {
        if (typeof value !== "string") return value;
        const words = value.trim().split(/\s+/);
        if (words.length < names.length) return value;
        const last = words.slice(names.length - 1).join(" ");
        return Object.fromEntries(names.map((name, index) => [name, index === names.length - 1 ? last : words[index]]));
    };
    const reason = `must be an object with ${names.join(", ")}, or a text such as ${example}`;
    return z.preprocess(
        fromText,
        z.custom((value) => typeof value === "object" && value !== null, reason).pipe(schema),
    );
}

const mx = z.strictObject({ preference: number(65_535), exchange: targetOrNone });
const srv = z.strictObject({
    priority: number(65_535),
    weight: number(65_535),
    port: number(65_535),
    target: targetOrNone,
});
const caa = z.strictObject({
    flags: number(255),
    tag: z.enum(["issue", "issuewild", "iodef", "issuemail"], "must be issue, issuewild, issuemail or iodef"),
    value: text,
});

const dataSchemas: Record<RecordType, z.ZodType<RecordData>> = {
    A: z.ipv4("must be an IPv4 address"),
    AAAA: ipv6,
    ALIAS: recordTargetSchema,
    CNAME: recordTargetSchema,
    MX: parts(["preference", "exchange"], '"10 mail.acme.example"', mx),
    TXT: text,
    SRV: parts(["priority", "weight", "port", "target"], '"10 5 5060 sip.acme.example"', srv),
    CAA: parts(["flags", "tag", "value"], '"0 issue letsencrypt.org"', caa),
    NS: recordTargetSchema,
};

const mostItems = 100;
const alone = new Set<RecordType>(["ALIAS", "CNAME"]);

/** The data of a record of a type: at least one item, each once; an alias has exactly one. */
export function recordDataSchema(type: RecordType) {
    return z
        .array(dataSchemas[type], "must be a list")
        .min(1, "is empty; to remove a record, delete it")
        .max(mostItems, `has more than ${mostItems} items`)
        .transform((items) => [...new Map(items.map((item) => [JSON.stringify(item), item])).values()])
        .refine((items) => items.length === 1 || !alone.has(type), `has more than one target; ${type} has one`);
}
