import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { hasType, type PackageSpec, type PropertySpec } from "../support/pulumi-schema";
import { requireSome } from "../support/require-some";
import { listExamples } from "../support/sdks";

const schema = JSON.parse(readFileSync("plugin/schema.json", "utf8")) as PackageSpec;

interface Program {
    resources: Record<string, { type: string; properties: Record<string, unknown> }>;
    outputs: Record<string, string>;
}

/** `section:Domain` -> `section:index:Domain`. */
const tokenOf = (type: string) => type.replace(/^(\w+):(\w+)$/, "$1:index:$2");

/** The type of a property of a property, as `${acme-shop.dns.line}` names it. */
function follow(properties: Record<string, PropertySpec>, names: readonly string[]): PropertySpec | undefined {
    const [first = "", ...rest] = names;
    const found = properties[first];
    if (found === undefined || rest.length === 0) return found;
    const type = schema.types[(found.$ref ?? "").replace("#/types/", "")];
    return type !== undefined && "properties" in type ? follow(type.properties, rest) : undefined;
}

describe("the examples in YAML", () => {
    for (const { name, folder } of requireSome(listExamples()))
        it(`of ${name} have the properties and types of the schema`, () => {
            const text = readFileSync(path.join(folder, "smallest.yaml"), "utf8");
            const { resources, outputs } = parse(text) as Program;
            for (const { type, properties } of requireSome(Object.values(resources))) {
                const { inputProperties, requiredInputs = [] } = schema.resources[tokenOf(type)] ?? assert.fail(type);
                for (const key of requiredInputs) assert.ok(key in properties, `${type} has no ${key}`);
                for (const [key, value] of Object.entries(properties))
                    assert.ok(hasType(schema, value, inputProperties[key] ?? assert.fail(`${type}.${key}`)), key);
            }
            const references = [...text.matchAll(/\$\{([\w-]+)\.([\w.]+)\}/g)];
            assert.ok(references.length >= Object.keys(outputs).length);
            for (const [written, resource = "", property = ""] of references) {
                const of = schema.resources[tokenOf(resources[resource]?.type ?? assert.fail(written))];
                assert.ok(property === "id" || follow(of?.properties ?? {}, property.split(".")), written);
            }
        });
});
