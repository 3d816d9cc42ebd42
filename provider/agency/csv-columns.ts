import { meantName } from "section-model";
import { clientListJsonSchema, type JsonSchema } from "./client-list-schema";

/** A column of a list: the kind of its cells, and the property of a client or site that they set. */
export interface Column {
    of: "client" | "site";
    path: string[];
    kind: "text" | "number" | "flag" | "list" | "people" | "proxies";
}

function kindOf({ type, enum: values }: JsonSchema): Column["kind"] {
    if (type === "boolean") return "flag";
    if (type === "integer" || type === "number" || values?.every((value) => typeof value === "number")) return "number";
    return type === "array" ? "list" : "text";
}

/** One column for each property, such as `staging.origin.address` for a nested one. */
function* columnsOf(schema: JsonSchema, path: string[]): Iterable<[string, Column]> {
    const name = path.join(".");
    const shortcut = schema.anyOf?.some(({ type }) => type === "string");
    const inner = shortcut ? schema.anyOf?.find(({ type }) => type === "object") : schema;
    if (shortcut) yield [name, { of: "site", path: [...path, "address"], kind: "text" }];
    if (inner?.items?.type === "object") yield [name, { of: "site", path, kind: "proxies" }];
    else if (inner?.type !== "object") yield [name, { of: "site", path, kind: kindOf(schema) }];
    for (const [key, property] of Object.entries(inner?.properties ?? {}))
        if (!shortcut || key !== "address") yield* columnsOf(property, [...path, key]);
}

function listColumns(): Map<string, Column> {
    const site = clientListJsonSchema().properties?.clients?.items?.properties?.sites?.items?.properties ?? {};
    const columns = new Map<string, Column>([
        ["client", { of: "client", path: ["name"], kind: "text" }],
        ["key", { of: "client", path: ["key"], kind: "text" }],
        ["people", { of: "client", path: ["people"], kind: "people" }],
    ]);
    for (const [key, schema] of Object.entries(site))
        for (const [name, column] of columnsOf(schema, [key])) columns.set(name, column);
    columns.set("client.config", { of: "client", path: ["config"], kind: "text" });
    return columns;
}

const variable = /^((?:client\.|staging\.)?variables)\.([^.]+)$/;
let known: Map<string, Column> | undefined;

/** The names of all columns but the `variables.NAME` ones. */
export function columnNames(): string[] {
    known ??= listColumns();
    return [...known.keys()];
}

/**
 * The column of a header cell, or the name that was probably meant, if one is near. Upper and lower case are the same
 * but in names of variables.
 */
export function columnNamed(header: string): Column | { nearest: string | undefined } {
    const [, holder, name] = variable.exec(header) ?? [];
    if (holder === "client.variables" && name !== undefined)
        return { of: "client", path: ["variables", name], kind: "text" };
    if (holder !== undefined && name !== undefined)
        return { of: "site", path: [...holder.split("."), name], kind: "text" };
    const names = columnNames();
    const exact = names.find((each) => each.toLowerCase() === header.toLowerCase());
    const column = exact === undefined ? undefined : known?.get(exact);
    return column ?? { nearest: meantName(header, names) };
}

/** The name of the column that sets a property. Undefined where no column can. */
export function columnNameOf(of: Column["of"], path: readonly PropertyKey[]): string | undefined {
    return columnNames().find((name) => {
        const column = known?.get(name);
        return column?.of === of && column.path.join(".") === path.join(".");
    });
}
