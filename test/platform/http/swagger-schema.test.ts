import assert from "node:assert/strict";
import { z } from "zod";
import { extended } from "../../../platform/http/schema-definitions";
import { SwaggerSchemas } from "../../../platform/http/swagger-schema";

const input = (schema: z.ZodType) => new SwaggerSchemas(true).of(schema, "input");
const output = (schema: z.ZodType) => new SwaggerSchemas(true).of(schema, "output");

describe("schemas in the words of Swagger 2.0", () => {
    it("say null by x-nullable, and of numbers what they are", () => {
        assert.deepEqual(output(z.string().nullable()), { type: "string", "x-nullable": true });
        assert.deepEqual(output(z.int()), { type: "integer", format: "int32" });
        assert.deepEqual(output(z.literal([1, 2])), { type: "integer", enum: [1, 2] });
        assert.deepEqual(output(z.number()), { type: "number" });
    });

    it("one that takes any of several takes what all of them take", () => {
        const either = z.union([
            z.strictObject({ type: z.literal("a"), size: z.string() }),
            z.strictObject({ type: z.literal("b"), colour: z.string() }),
        ]);
        const shape = output(either);
        assert.deepEqual(shape.properties?.type, { type: "string", enum: ["a", "b"] });
        assert.deepEqual(shape.required, ["type"]);
        assert.deepEqual(
            output(z.union([z.string(), z.array(z.string())])),
            {},
            "nothing is said of what has no common type",
        );
        assert.deepEqual(output(z.union([z.string().min(3), z.string().max(2)])), { type: "string" });
    });

    it("a body may not have other fields than these, an answer may get more", () => {
        const strict = z.strictObject({ a: z.string() });
        assert.equal(input(strict).additionalProperties, false);
        assert.equal(output(strict).additionalProperties, undefined);
        assert.equal(input(z.looseObject({ a: z.string() })).additionalProperties, undefined);
        assert.deepEqual(output(z.record(z.string(), z.boolean())).additionalProperties, { type: "boolean" });
    });

    it("leave the fields out that v1 does not have, where extensions are off", () => {
        const schema = z.strictObject({ a: z.string(), b: extended("a.b", z.string()) });
        assert.deepEqual(Object.keys(new SwaggerSchemas(false).of(schema, "output").properties ?? {}), ["a"]);
        assert.deepEqual(Object.keys(new SwaggerSchemas(true).of(schema, "output").properties ?? {}), ["a", "b"]);
    });
});
