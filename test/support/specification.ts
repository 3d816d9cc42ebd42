import { readFile } from "node:fs/promises";
import path from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";

interface Schema {
    $ref?: string;
    type?: string;
    properties?: Record<string, Schema>;
    additionalProperties?: boolean | Schema;
    items?: Schema;
}

interface Parameter {
    name: string;
    in: "path" | "query" | "header" | "body";
    required?: boolean;
    schema?: Schema;
}

/** The description of one operation. */
export interface SpecifiedOperation {
    /** Such as `GET /account/{accountId}`. */
    name: string;
    method: string;
    path: string;
    parameters: Parameter[];
    /** `200`, `400`, ... and `default`, with the schema of a body where there is one. */
    answers: Map<string, Schema | undefined>;
}

// biome-ignore lint/suspicious/noExplicitAny: YAML of somebody else
type Document = any;

/** Names of fields, anywhere in an answer: `shown` and documented, `beyond` the documentation, and `missing`. */
export class Fields {
    readonly shown = new Set<string>();
    readonly beyond = new Set<string>();
    readonly missing = new Set<string>();
}

/** One of the public descriptions of v1, kept in test/fixtures/section-api. */
export class Specification {
    readonly operations: SpecifiedOperation[];
    readonly #ajv = new Ajv({ strict: false, allErrors: true });

    private constructor(
        readonly name: string,
        private readonly document: Document,
    ) {
        for (const format of ["int32", "int64"]) this.#ajv.addFormat(format, true);
        this.#ajv.addSchema({ $id: name, definitions: document.definitions });
        this.operations = Object.entries(document.paths as Document).flatMap(([path, item]) =>
            this.#operationsOf(path, item),
        );
    }

    static async read(name: "swagger-2023" | "spec-2021"): Promise<Specification> {
        return new Specification(
            name,
            parse(await readFile(path.resolve(`test/fixtures/section-api/${name}.yaml`), "utf8")),
        );
    }

    #operationsOf(path: string, item: Document): SpecifiedOperation[] {
        return Object.entries(item)
            .filter(([method]) => ["get", "post", "put", "patch", "delete"].includes(method))
            .map(([method, operation]: [string, Document]) => ({
                name: `${method.toUpperCase()} ${path}`,
                method: method.toUpperCase(),
                path,
                parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(
                    (each: Document) => this.#resolve(each) as Parameter,
                ),
                answers: new Map(
                    Object.entries(operation.responses).map(([status, answer]: [string, Document]) => [
                        status,
                        answer.schema,
                    ]),
                ),
            }));
    }

    #resolve(value: Document): Document {
        if (value?.$ref === undefined) return value;
        return this.#resolve(
            value.$ref
                .slice(2)
                .split("/")
                .reduce((inside: Document, key: string) => inside[key], this.document),
        );
    }

    /** Faults of a value, by its schema. */
    faults(schema: Schema, value: unknown): string[] {
        const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${this.name}#/`));
        if (this.#ajv.validate(absolute, value)) return [];
        return (this.#ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    }

    /** Compares the fields of a value with the documented ones: most schemas require none. */
    compare(schema: Schema, value: unknown, fields: Fields): void {
        const { properties = {}, items, additionalProperties } = this.#resolve(schema) as Schema;
        if (Array.isArray(value) && items !== undefined) {
            for (const each of value) this.compare(items, each, fields);
        } else if (typeof value === "object" && value !== null && Object.keys(properties).length > 0) {
            for (const name of Object.keys(properties))
                fields[Object.hasOwn(value, name) ? "shown" : "missing"].add(name);
            for (const [name, inner] of Object.entries(value)) {
                const known =
                    properties[name] ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
                if (known === undefined) fields.beyond.add(name);
                else this.compare(known, inner, fields);
            }
        }
    }
}
