import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { Ownership, Role } from "pulumi-section";
import { nouns } from "pulumi-section/internal";
import {
    fileContentSchema,
    liveWaitSchema,
    organizationSchema,
    originObjectSchema,
    proxySchema,
    teamMemberShape,
    wantedCertificateSchema,
} from "section-model";
import { z } from "zod";
import { hasType, type ObjectSpec, type PackageSpec, type PropertySpec, type TypeSpec } from "../support/pulumi-schema";
import { requireSome } from "../support/require-some";

const schema = JSON.parse(readFileSync(path.resolve("plugin/schema.json"), "utf8")) as PackageSpec;

const tokenOf = (name: string) => `section:index:${name}`;
const classNameOf = (kind: string) => `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
const resourceOf = (kind: string) => schema.resources[tokenOf(classNameOf(kind))] as PackageSpec["resources"][string];
const sorted = (keys: Iterable<string>) => [...keys].sort();

/** Arguments that say how to take a thing over, and are no property of it. */
const besides = ["adopt"];

/** The names of properties, and those that are needed, as zod sees them. */
function keysOf(shape: Record<string, z.ZodType>) {
    const isNeeded = ([, rule]: [string, z.ZodType]) => !rule.safeParse(undefined).success;
    return {
        all: sorted(Object.keys(shape)),
        needed: sorted(
            Object.entries(shape)
                .filter(isNeeded)
                .map(([key]) => key),
        ),
    };
}

const isObject = (rule: z.ZodType): rule is z.ZodObject => rule instanceof z.ZodObject;
const objectsOf = (rule: z.ZodUnion) => (rule.options as z.ZodType[]).filter(isObject);

describe("the schema of the plugin", () => {
    for (const [kind, noun] of Object.entries(nouns))
        it(`has every input of ${kind}, and none beside`, () => {
            const { inputProperties, requiredInputs } = resourceOf(kind);
            const { all, needed } = keysOf(noun.schema.shape as Record<string, z.ZodType>);
            assert.deepEqual(sorted(Object.keys(inputProperties)), sorted([...all, ...besides]));
            assert.deepEqual(sorted(requiredInputs ?? []), needed);
            const replacing = Object.entries(inputProperties).filter(
                ([, { willReplaceOnChanges }]) => willReplaceOnChanges,
            );
            assert.deepEqual(sorted(replacing.map(([key]) => key)), sorted(noun.replacesOn));
        });

    const [ownCertificate] = objectsOf(wantedCertificateSchema);
    const [binaryFile] = objectsOf(fileContentSchema as z.ZodUnion);
    const nested = {
        Origin: originObjectSchema.shape,
        Proxy: proxySchema.shape,
        TeamMember: teamMemberShape,
        LiveWait: liveWaitSchema.shape,
        OwnCertificate: ownCertificate?.shape,
        BinaryFile: binaryFile?.shape,
        FirstSite: organizationSchema.shape.firstSite.unwrap().shape,
    };
    for (const [name, shape] of Object.entries(nested))
        it(`has every property of ${name}, and none beside`, () => {
            const { properties, required } = schema.types[tokenOf(name)] as ObjectSpec;
            const { all, needed } = keysOf(shape as Record<string, z.ZodType>);
            assert.deepEqual(sorted(Object.keys(properties)), all);
            assert.deepEqual(sorted(required ?? []), needed);
        });

    it("describes everything that it has", () => {
        const bags = (name: string, spec: Partial<ObjectSpec>, key: "properties" | "inputProperties" = "properties") =>
            Object.entries((spec as Record<string, Record<string, PropertySpec> | undefined>)[key] ?? {}).map(
                ([property, each]): [string, { description?: string }] => [`${name}.${property}`, each],
            );
        const all: [string, { description?: string }][] = [
            ["the package", schema],
            ["the provider", schema.provider],
            ...Object.entries(schema.config.variables),
            ...bags("provider", schema.provider as never, "inputProperties"),
            ...Object.entries(schema.types).flatMap(([token, type]) => [
                [token, type] as [string, { description?: string }],
                ...bags(token, type),
            ]),
            ...Object.entries(schema.resources).flatMap(([token, resource]) => [
                [token, resource] as [string, { description?: string }],
                ...bags(token, resource),
                ...bags(token, resource, "inputProperties"),
            ]),
            ...Object.entries(schema.functions).flatMap(([token, { description, inputs, outputs }]) => [
                [token, { description }] as [string, { description?: string }],
                ...bags(`${token} takes`, inputs ?? {}),
                ...bags(`${token} returns`, outputs),
            ]),
        ];
        const silent = requireSome(all).filter(([, { description = "" }]) => description.length < 8);
        assert.deepEqual(
            silent.map(([name]) => name),
            [],
        );
    });

    it("refers only to what it has", () => {
        const referred = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/(types|resources)\/([^"]+)"/g)];
        const missing = requireSome(referred).filter(([, part, token]) => !(String(token) in schema[part as "types"]));
        assert.deepEqual(missing, []);
    });

    it("names values as the classes of TypeScript do, which programs of pulumi import use", () => {
        const enumerations = Object.entries(schema.types).flatMap(([token, type]) => {
            if (!("enum" in type)) return [];
            const members = type.enum.map(({ name, value }) => [name, value]);
            return [[token.replace("section:index:", ""), Object.fromEntries(members)] as const];
        });
        assert.deepEqual(Object.fromEntries(enumerations), { Ownership, Role });
    });

    it("keeps a private key and a token as secrets", () => {
        const { privateKey } = (schema.types[tokenOf("OwnCertificate")] as ObjectSpec).properties;
        const { token } = schema.provider.inputProperties;
        assert.deepEqual(
            [privateKey?.secret, token?.secret, schema.config.variables.token?.secret],
            [true, true, true],
        );
    });
});

/** What check makes of `seenHead`, and no program writes. */
const isMadeByCheck = (key: string, value: unknown) => key === "promote" && typeof value === "object";

/** Values that some properties take, and others do not. */
const values: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    text: fc.constantFrom(
        ...["1335", "1335/7171", "1335/7171/Staging", "www.acme.example", "jane@agency.example", "Acme", "Staging"],
        ...["admin", "state", "restrictions-editor", "readonly", "2099-12-31", "varnish-6.3-basic", "varnish:6.3.1"],
        ...["192.0.2.0/24", "managed", "complete", "acme", "0123456789abcdef", "", "varnish/default.vcl", "aGk="],
    ),
    scalar: fc.oneof(
        { weight: 4, arbitrary: tie("text") },
        fc.constantFrom(80, 443, 600, 1.5, 0, -1, true, false, null),
    ),
    object: fc.oneof(
        fc.record(
            {
                address: tie("text"),
                httpPort: fc.constantFrom(80, 81),
                enableSni: fc.boolean(),
                keepaliveSeconds: fc.double(),
            },
            { requiredKeys: ["address"] },
        ),
        fc.record({ name: tie("text"), image: tie("text") }),
        fc.record({ role: tie("text"), until: tie("text") }, { requiredKeys: ["role"] }),
        fc.record(
            {
                hostname: fc.constant("www.acme.example"),
                origin: fc.constantFrom<unknown>("origin.acme.example", 80, false),
                stack: fc.constantFrom<unknown>("varnish-6.3-basic", 6.3),
            },
            { requiredKeys: ["hostname"] },
        ),
        fc.record({ timeoutSeconds: fc.constantFrom(0, 1, 2.5, 600) }, { requiredKeys: [] }),
        fc.record({ publicCertificates: tie("text"), privateKey: tie("scalar") }),
        fc.record({ base64: tie("text"), more: tie("scalar") }, { requiredKeys: ["base64"] }),
    ),
    value: fc.oneof(
        { weight: 3, arbitrary: tie("scalar") },
        { weight: 2, arbitrary: tie("object") },
        fc.array(fc.oneof(tie("scalar"), tie("object")), { maxLength: 2 }),
        fc.dictionary(tie("text") as fc.Arbitrary<string>, fc.oneof(tie("scalar"), tie("object")), { maxKeys: 2 }),
    ),
})).value;

describe("an input that a noun accepts", () => {
    for (const [kind, noun] of Object.entries(nouns))
        for (const [key, rule] of Object.entries(noun.schema.shape as Record<string, z.ZodType>))
            it(`has the schema's type: ${kind}.${key}`, () => {
                const spec = resourceOf(kind).inputProperties[key] as TypeSpec;
                let accepted = 0;
                const isAgreed = (value: unknown) => {
                    if (!rule.safeParse(value).success || isMadeByCheck(key, value)) return true;
                    accepted += 1;
                    return hasType(schema, value, spec);
                };
                fc.assert(fc.property(values, isAgreed), { numRuns: 3_000 });
                assert.ok(accepted > 0, "no value was accepted, so that nothing was compared");
            });
});
