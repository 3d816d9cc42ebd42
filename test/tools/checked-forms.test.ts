import assert from "node:assert/strict";
import path from "node:path";
import { originInputSchema, teamMemberSchema } from "section-model";
import { z } from "zod";

interface Module {
    formsOf(rule: z.ZodType): z.ZodType[];
    areWhole(forms: z.ZodType[]): boolean;
    findForm(forms: z.ZodType[], type: string, names: string[]): z.ZodType | undefined;
}

const load = () => import(path.resolve("scripts/schema/checked-forms.mjs")) as Promise<Module>;

describe("the schemas that the plugin's schema is compared with", () => {
    it("are seen without the steps that change a value", async () => {
        const { formsOf } = await load();
        const typesOf = (rule: z.ZodType) => formsOf(rule).map(({ def }) => (def as { type: string }).type);
        assert.deepEqual(typesOf(originInputSchema.optional()), ["object"]);
        assert.deepEqual(typesOf(teamMemberSchema), ["object"]);
        assert.deepEqual(typesOf(z.union([z.string().transform(Number), z.array(z.string())])), ["string", "array"]);
    });

    it("tell whole numbers from others", async () => {
        const { areWhole, formsOf } = await load();
        assert.ok(areWhole(formsOf(z.int().max(5).optional())));
        assert.ok(areWhole(formsOf(z.literal([80, 443]))));
        assert.ok(!areWhole(formsOf(z.number())));
    });

    it("refuse a declared type with other properties, with both lists", async () => {
        const { findForm } = await load();
        const forms = [z.strictObject({ name: z.string(), image: z.string() })];
        assert.equal(findForm(forms, "ProxyArgs", ["image", "name"]), forms[0]);
        assert.throws(() => findForm(forms, "ProxyArgs", ["name", "port"]), /ProxyArgs has name,port.*image,name/);
    });
});
