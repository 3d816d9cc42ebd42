import assert from "node:assert/strict";
import fc from "fast-check";
import { isProblem } from "section-model";
import { applyJsonPatch, type JsonPatch } from "../../../platform/service/json-patch";

type Case = [title: string, document: unknown, patch: JsonPatch, expected: unknown];

const applied: Case[] = [
    ["nothing", { a: 1 }, [], { a: 1 }],
    ["add: a member, over one that is there", { a: null }, [{ op: "add", path: "/a", value: 1 }], { a: 1 }],
    ["add: into a list, before what is there", ["a", "c"], [{ op: "add", path: "/1", value: "b" }], ["a", "b", "c"]],
    [
        "add: at the end of a list, by its length and by -",
        [1],
        [
            { op: "add", path: "/1", value: 2 },
            { op: "add", path: "/-", value: [3] },
        ],
        [1, 2, [3]],
    ],
    ["add: a member whose name is empty", {}, [{ op: "add", path: "/", value: 1 }], { "": 1 }],
    ["add: the whole document, whatever it was", { a: 1 }, [{ op: "add", path: "", value: [] }], []],
    [
        "add: null and false are values",
        {},
        [
            { op: "add", path: "/a", value: null },
            { op: "add", path: "/b", value: false },
        ],
        { a: null, b: false },
    ],
    ["remove: a member whose value is null", { a: null, b: 1 }, [{ op: "remove", path: "/a" }], { b: 1 }],
    [
        "remove: from a list, one after the other",
        [1, 2, 3, 4],
        [
            { op: "remove", path: "/1" },
            { op: "remove", path: "/2" },
        ],
        [1, 3],
    ],
    ["replace: in a list, by a list", ["a", "b"], [{ op: "replace", path: "/1", value: ["c"] }], ["a", ["c"]]],
    ["replace: the whole document", { a: 1 }, [{ op: "replace", path: "", value: { b: 2 } }], { b: 2 }],
    [
        "replace: makes a document where there is none",
        undefined,
        [{ op: "replace", path: "", value: { b: 2 } }],
        { b: 2 },
    ],
    ["move: to where it is", { a: 1 }, [{ op: "move", from: "/a", path: "/a" }], { a: 1 }],
    [
        "move: out of one and into another",
        { a: [{ b: "c" }] },
        [{ op: "move", from: "/a/0/b", path: "/a/1" }],
        { a: [{}, "c"] },
    ],
    [
        "copy: and the copy is one of its own",
        { a: { b: 1 } },
        [
            { op: "copy", from: "/a", path: "/c" },
            { op: "replace", path: "/c/b", value: 2 },
        ],
        { a: { b: 1 }, c: { b: 2 } },
    ],
    ["copy: the whole into itself", { a: 1 }, [{ op: "copy", from: "", path: "/b" }], { a: 1, b: { a: 1 } }],
    [
        "test: whatever the order of members",
        { a: [{ b: 1, c: 2 }] },
        [{ op: "test", path: "/a", value: [{ c: 2, b: 1 }] }],
        { a: [{ b: 1, c: 2 }] },
    ],
    [
        "pointers: ~1 is a slash and ~01 is ~1",
        { "a/b": 1, "~1": 2 },
        [
            { op: "test", path: "/a~1b", value: 1 },
            { op: "remove", path: "/~01" },
        ],
        { "a/b": 1 },
    ],
    [
        "pointers: in an object, digits are a name",
        { "1e0": "a" },
        [
            { op: "test", path: "/1e0", value: "a" },
            { op: "add", path: "/0", value: 1 },
        ],
        { "1e0": "a", 0: 1 },
    ],
];

const list = { list: [1, 2] };
const refused: [title: string, document: unknown, patch: JsonPatch, words: RegExp][] = [
    [
        "a test that fails",
        { a: 1 },
        [
            { op: "add", path: "/b", value: 2 },
            { op: "test", path: "/a", value: "1" },
        ],
        /^operation 1 \(test "\/a"\): what is there is not the tested value\. Nothing was changed/,
    ],
    [
        "a test of what is not there",
        {},
        [{ op: "test", path: "/a", value: null }],
        /^operation 0 \(test "\/a"\): there is nothing at \/a/,
    ],
    [
        "a pointer that does not begin with /",
        {},
        [{ op: "add", path: "a", value: 1 }],
        /operation 0 \(add "a"\): "a" is no JSON pointer/,
    ],
    ["a ~ that stands for nothing", {}, [{ op: "add", path: "/a~2", value: 1 }], /no JSON pointer: write ~0 for ~/],
    ["a parent that is missing", {}, [{ op: "add", path: "/a/b", value: 1 }], /there is nothing at \/a\./],
    [
        "a parent that holds nothing",
        { a: "text" },
        [{ op: "add", path: "/a/b", value: 1 }],
        /neither an object nor a list/,
    ],
    ["removing what is not there", { a: 1 }, [{ op: "remove", path: "/b" }], /nothing at \/b/],
    ["replacing what is not there", { a: 1 }, [{ op: "replace", path: "/b", value: 1 }], /nothing at \/b/],
    ["moving what is not there", {}, [{ op: "move", from: "/a", path: "/a" }], /nothing at \/a/],
    [
        "moving into itself",
        { a: { b: 1 } },
        [{ op: "move", from: "/a", path: "/a/b/c" }],
        /nothing can be moved into itself/,
    ],
    ["removing everything", { a: 1 }, [{ op: "remove", path: "" }], /the whole document cannot be removed/],
    ["a place beyond a list", list, [{ op: "add", path: "/list/3", value: 1 }], /3 is no place in a list of 2/],
    ["a copy beyond a list", list, [{ op: "copy", from: "/list", path: "/list/99" }], /99 is no place/],
    ...["-1", "01", "1e0", "x", "length", "", "2", "-"].map(
        (token) =>
            [
                `${JSON.stringify(token)} in a list`,
                list,
                [{ op: "remove", path: `/list/${token}` }],
                /there is nothing at/,
            ] as (typeof refused)[number],
    ),
    ...["toString", "constructor", "__proto__", "hasOwnProperty/name"].map(
        (token) =>
            [
                `the inherited ${token}`,
                {},
                [{ op: "copy", from: `/${token}`, path: "/a" }],
                /there is nothing at/,
            ] as (typeof refused)[number],
    ),
    ["a document that does not exist", undefined, [{ op: "add", path: "/a", value: 1 }], /nothing at/],
];

describe("a JSON Patch", () => {
    for (const [title, document, patch, expected] of applied) {
        it(title, async () => {
            const before = JSON.stringify(document);
            assert.deepEqual(await applyJsonPatch(document, patch), expected);
            assert.equal(JSON.stringify(document), before, "the given document stays as it is");
        });
    }

    for (const [title, document, patch, words] of refused) {
        it(`refuses ${title}`, () =>
            assert.rejects(
                applyJsonPatch(document, patch),
                (error) => isProblem(error) && error.status === 400 && words.test(error.message),
            ));
    }

    it("keeps the place of what it replaces, and treats __proto__ as a name like others", async () => {
        assert.equal(
            JSON.stringify(await applyJsonPatch({ a: 1, b: 2 }, [{ op: "replace", path: "/a", value: 3 }])),
            '{"a":3,"b":2}',
        );
        const patched = await applyJsonPatch({}, [
            { op: "add", path: "/__proto__", value: { polluted: true } },
            { op: "add", path: "/__proto__/deeper", value: 1 },
        ]);
        assert.equal(JSON.stringify(patched), '{"__proto__":{"polluted":true,"deeper":1}}');
        assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    });

    it("ends copies that would fill the memory, and nesting that would fill the stack", async () => {
        const double: JsonPatch = Array.from({ length: 60 }, (_, index) => ({
            op: "copy" as const,
            from: "",
            path: `/copy${index}`,
        }));
        await assert.rejects(
            applyJsonPatch({ a: "some text" }, double),
            /operation \d+ \(copy "\/copy\d+"\): the patch copies and compares more than \d+ characters or \d+ values/,
        );
        const nested = (levels: number) => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);
        await assert.rejects(
            applyJsonPatch({}, [{ op: "add", path: "/a", value: nested(50_000) }]),
            /nested deeper than 200/,
        );
        await assert.rejects(applyJsonPatch(nested(50_000), []), /nested deeper than 200/);
        const stacked: JsonPatch = Array.from({ length: 300 }, (_, index) => ({
            op: "add" as const,
            path: "/a".repeat(index + 1),
            value: {},
        }));
        await assert.rejects(applyJsonPatch({}, stacked), /operation 299 .*the patched document is nested deeper/);
    });

    it("of anything at all is applied or refused with a reason, and touches nothing that objects share", async () => {
        const token = fc.constantFrom(
            "a",
            "b",
            "0",
            "1",
            "-",
            "__proto__",
            "constructor",
            "prototype",
            "length",
            "~0",
            "~2",
            "",
        );
        const pointer = fc.array(token, { maxLength: 4 }).map((tokens) => tokens.map((each) => `/${each}`).join(""));
        const value = fc.jsonValue({ maxDepth: 2 });
        const operation = fc.oneof(
            fc.record({
                op: fc.constantFrom("add" as const, "replace" as const, "test" as const),
                path: pointer,
                value,
            }),
            fc.record({ op: fc.constant("remove" as const), path: pointer }),
            fc.record({ op: fc.constantFrom("move" as const, "copy" as const), path: pointer, from: pointer }),
        );
        const shared = () =>
            JSON.stringify([Object.getOwnPropertyNames(Object.prototype), Object.getOwnPropertyNames(Array.prototype)]);
        const before = shared();
        let accepted = 0;
        await fc.assert(
            fc.asyncProperty(value, fc.array(operation, { maxLength: 6 }), async (document, patch) => {
                try {
                    JSON.stringify(await applyJsonPatch(document, patch));
                    accepted += 1;
                } catch (error) {
                    if (!isProblem(error) || !/^operation \d/.test(error.message)) throw error;
                }
            }),
            { numRuns: 5000 },
        );
        assert.equal(shared(), before);
        assert.ok(accepted > 500, `${accepted} were applied`);
    });
});
