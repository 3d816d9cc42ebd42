// The tables of client lists: the properties of YAML and the columns of CSV, from the schema that reads them.
import { createRequire } from "node:module";
import path from "node:path";
import { repository } from "../sources.mjs";
import { listProperties } from "./declarations.mjs";
import { codeOf, tableOf } from "./tables.mjs";

const load = createRequire(path.join(repository, "platform/"));
const schema = () => load("../provider/dist/agency/client-list-schema.js").clientListJsonSchema();

function describeSchema({ type, const: only, enum: values, anyOf, items, properties, additionalProperties }) {
    if (only !== undefined) return codeOf(JSON.stringify(only));
    if (values !== undefined) return values.map((value) => codeOf(JSON.stringify(value))).join(" or ");
    if (anyOf !== undefined) return anyOf.map(describeSchema).join(" or ");
    if (type === "array") return `list of ${describeSchema(items)}`;
    if (properties !== undefined) return `{ ${Object.keys(properties).map(codeOf).join(", ")} }`;
    if (type === "object") return `map of ${describeSchema(additionalProperties)}`;
    return [type].flat().join(" or ");
}

/** Properties that have a table of their own. */
const linked = {
    sites: "list of [sites](#a-site)",
    staging: "[staging](#staging)",
    origin: "string or [`OriginArgs`](environment.md#originargs)",
};

const client = () => schema().properties.clients.items;
const parts = {
    client,
    site: () => client().properties.sites.items,
    staging: () => client().properties.sites.items.properties.staging,
};

/** @param part `client`, `site` or `staging` */
export function tableOfList(part) {
    const { properties, required = [] } = parts[part]();
    return tableOf(
        ["property", "type", "required", "what it is"],
        Object.entries(properties).map(([name, property]) => [
            codeOf(name),
            linked[name] ?? describeSchema(property),
            required.includes(name) ? "yes" : "",
            property.description ?? "",
        ]),
    );
}

const cells = {
    text: "text",
    number: "number",
    flag: "yes or no",
    list: "list",
    people: "list of `EMAIL=ROLE` or `EMAIL=ROLE:LAST-DAY`",
    proxies: "list of `NAME=IMAGE`",
};
/** Columns without a property of the same name, or with one that a cell cannot hold as it stands. */
const described = {
    client: "The client's name. Write it in each of its rows",
    people: "The client's people. The cells of all its rows count",
    "client.config": "The folder of the client's files. Write it once, or the same in each row",
};
const variables = [
    ["`client.variables.NAME`", "text", "The value of `{{NAME}}` at all sites of the client"],
    ["`variables.NAME`", "text", "The value of `{{NAME}}` at the site"],
    ["`staging.variables.NAME`", "text", "The value of `{{NAME}}` on staging"],
];

function wordsOf(header, { of, path: at }) {
    const words = described[header];
    if (words !== undefined) return words;
    const [first, second, third] = at;
    const origins = Object.fromEntries(listProperties("OriginArgs").map(({ name, doc }) => [name, doc]));
    const property = parts[of]().properties[first];
    if (second === undefined || first === "proxyChain") return property.description;
    if (first === "origin") return second === "address" ? property.description : origins[second];
    const inner = property.properties[second];
    if (third === undefined) return inner.description ?? "Seconds to wait. Default 600";
    return third === "address" ? inner.description : origins[third];
}

/** Every column of a CSV list. */
export function tableOfColumns() {
    const { columnNamed, columnNames } = load("../provider/dist/agency/csv-columns.js");
    const rows = columnNames().map((header) => {
        const column = columnNamed(header);
        return [codeOf(header), cells[column.kind], wordsOf(header, column) ?? ""];
    });
    return tableOf(["column", "cells", "what it sets"], [...rows, ...variables]);
}
