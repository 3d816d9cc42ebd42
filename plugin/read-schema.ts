import { readFile } from "node:fs/promises";

const file = "pulumi-resource-section/schema.json";

/** A type in the package schema. */
export interface TypeSpec {
    plain?: boolean;
    $ref?: string;
    items?: TypeSpec;
    additionalProperties?: TypeSpec;
    oneOf?: TypeSpec[];
    properties?: Record<string, TypeSpec>;
}

export interface PackageSchema {
    resources: Record<string, { inputProperties: Record<string, TypeSpec>; properties?: Record<string, TypeSpec> }>;
    types: Record<string, TypeSpec>;
}

/** The package schema, as JSON. `npm run docs` makes the file. */
export function readSchema(): Promise<string> {
    return readFile(require.resolve(file), "utf8");
}

/** The same as values. A program with many components asks for each; Node parses it once. */
export function loadSchema(): PackageSchema {
    return require(file) as PackageSchema;
}
