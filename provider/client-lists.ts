import type { ClientDeclaration } from "./agency/client-declaration";

export type { ClientDeclaration, SiteDeclaration, StagingDeclaration } from "./agency/client-declaration";

// Parsers and schemas are loaded with the first list: most of what this package takes to load is theirs.

/**
 * Reads the clients of an agency from a CSV file: one row per site, the rows of a client wherever they are. Reports all
 * mistakes at once, as `file:line:column: property: reason`. docs/reference/client-lists.md lists the columns.
 *
 * The separator is the comma, semicolon or tab: the one that the header uses. Quotes, line breaks in cells and a byte
 * order mark are understood.
 *
 * @param file relative to the working directory of the program; UTF-8, at most 5 MiB. `config` in it is relative to the
 * file
 * @throws Problem `invalid-input` with a line for each place
 * @example new section.Agency("agency", { clients: section.clientsFromCsv("clients.csv"), baseConfig: "./proxy" });
 */
export function clientsFromCsv(file: string): ClientDeclaration[] {
    const { readClientsCsv }: typeof import("./agency/clients-from-csv") = require("./agency/clients-from-csv");
    return readClientsCsv(file);
}

/**
 * Reads the clients of an agency from a YAML file. Reports all mistakes at once, as `file:line:column: property:
 * reason`. Anchors, aliases and merge keys work. Top-level keys that begin with `x-` may hold anchors.
 *
 * The line `# yaml-language-server: $schema=node_modules/pulumi-section/schema/clients.schema.json` at the top of the
 * file lets editors complete and check it.
 *
 * @param file relative to the working directory of the program; UTF-8, at most 5 MiB. `config` in it is relative to the
 * file
 * @throws Problem `invalid-input` with a line for each place
 * @example new section.Agency("agency", { clients: section.clientsFromYaml("clients.yaml"), baseConfig: "./proxy" });
 */
export function clientsFromYaml(file: string): ClientDeclaration[] {
    const { readClientsYaml }: typeof import("./agency/clients-from-yaml") = require("./agency/clients-from-yaml");
    return readClientsYaml(file);
}
