import assert from "node:assert/strict";
import { z } from "zod";
import { extended, named, noted, shownAs, withoutExtensions } from "../../../platform/http/schema-definitions";
import { SwaggerSchemas } from "../../../platform/http/swagger-schema";

describe("what the description says of schemas beyond their shape", () => {
    it("are a name, an extension, a note, and another shape", () => {
        const thing = named(
            "Thing",
            z.strictObject({ id: z.int().min(1), since: extended("thing.since", z.string()) }),
        );
        const schemas = new SwaggerSchemas(true);
        assert.deepEqual(schemas.of(z.array(thing), "output"), {
            type: "array",
            items: { $ref: "#/definitions/Thing" },
        });
        assert.deepEqual(Object.keys(schemas.definitions), ["Thing"]);
        assert.equal(schemas.definitions.Thing?.properties?.since?.["x-extension"], "thing.since");
        assert.equal(schemas.of(noted(z.string(), { default: "later" }), "input").default, "later");
        const page = shownAs(z.string().transform(Number), { type: "integer", minimum: 1 });
        assert.deepEqual(schemas.of(page, "input"), { type: "integer", minimum: 1 });
    });

    it("an extended field may be missing, and is what it says where it is there", () => {
        const schema = z.strictObject({ since: extended("thing.until", z.string()) });
        assert.ok(schema.safeParse({}).success);
        assert.ok(!schema.safeParse({ since: 5 }).success);
    });

    it("an extended field is as unknown to v1 as any other, and the other rules of the schema stay", () => {
        const shape = { a: z.string().optional(), since: extended("thing.until", z.string()) };
        const strict = z.strictObject(shape).refine(({ a }) => a !== "", "is empty");
        const ofV1 = withoutExtensions(strict);
        const reasons = (value: unknown) => ofV1.safeParse(value).error?.issues.map(({ message }) => message);
        assert.ok(strict.safeParse({ a: "x", since: "y" }).success && ofV1.safeParse({ a: "x" }).success);
        assert.deepEqual(reasons({ since: "y" }), ['Unrecognized key: "since"']);
        assert.deepEqual(reasons({ a: "" }), ["is empty"]);
        assert.deepEqual(withoutExtensions(z.object(shape)).parse({ a: "x", since: 5 }), { a: "x" });
        assert.deepEqual(withoutExtensions(z.string()).parse("x"), "x");
    });
});
