import assert from "node:assert/strict";
import { issuesOf } from "section-model";
import { z } from "zod";
import { sayReason } from "../../model/issue-words";
import { allRoutes } from "../../platform/http/routes";
import { requireSome } from "../support/require-some";

describe("the words of an issue", () => {
    const say = (schema: z.ZodType, value: unknown) => {
        const { error } = schema.safeParse(value);
        return issuesOf(error as z.ZodError).map(({ property, reason }) => `${property} ${reason}`.trim());
    };

    it("are for the author of the value, where the schema has none of its own", () => {
        const shape = z.object({
            text: z.string().min(1).max(3),
            list: z.array(z.int()).min(2).max(2),
            flag: z.boolean(),
            count: z.number().gt(1).lt(5),
            kind: z.enum(["one", "two"]),
            exact: z.literal("x"),
            when: z.iso.datetime(),
            code: z.string().regex(/^a+$/),
            either: z.union([z.int(), z.boolean()]),
            inner: z.object({}),
        });
        assert.deepEqual(say(shape, {}), [
            "text is missing",
            "list is missing",
            "flag is missing",
            "count is missing",
            "kind must be one of one, two",
            "exact must be x",
            "when is missing",
            "code is missing",
            "either has none of the forms that are allowed here",
            "inner is missing",
        ]);
        assert.deepEqual(
            say(shape, {
                text: "",
                list: [1],
                flag: "x",
                count: 1,
                kind: 3,
                exact: "y",
                when: "today",
                code: "b",
                either: "",
                inner: 1,
            }),
            [
                "text is empty",
                "list must have at least 2 items",
                "flag must be true or false",
                "count must be more than 1",
                "kind must be one of one, two",
                "exact must be x",
                "when must be a time such as 2026-01-31T12:00:00Z",
                "code must match /^a+$/",
                "either has none of the forms that are allowed here",
                "inner must be an object",
            ],
        );
        assert.deepEqual(
            say(shape.pick({ text: true, list: true, count: true }), { text: "1234", list: [1, 2, 3], count: 5 }),
            ["text must have at most 3 characters", "list must have at most 2 items", "count must be less than 5"],
        );
        assert.deepEqual(say(z.string().min(2).max(1), "x"), ["must have at least 2 characters"]);
        assert.deepEqual(say(z.string().max(1), "xy"), ["must have at most 1 character"]);
        assert.equal(sayReason({ code: "custom", path: [], message: "is wrong", input: 1 }), "is wrong");
    });

    it("are never a library's in what a route says of a body or a query", () => {
        const odd = [undefined, null, 7, "", "x".repeat(5000), [], [[]], {}, true];
        let count = 0;
        for (const { operation, body, query } of requireSome(allRoutes))
            for (const schema of [body, query]) {
                if (!(schema instanceof z.ZodObject)) continue;
                for (const value of odd)
                    for (const key of Object.keys(schema.shape)) {
                        const { error } = schema.safeParse({ [key]: value });
                        for (const { property, reason } of error === undefined ? [] : issuesOf(error)) {
                            count += 1;
                            assert.doesNotMatch(
                                reason,
                                /^(Invalid|Too |Unrecognized)|expected \w+|received/,
                                `${operation}: ${property} ${reason}`,
                            );
                        }
                    }
            }
        assert.ok(count > 500, `${count} reasons`);
    });
});
