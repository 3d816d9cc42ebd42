import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { hasSecret, markSecret, secretFilesOf, withMarksOf, withoutMarks } from "../../../plugin/wire/marks";

const { specialSigKey, specialSecretSig, specialOutputValueSig, unknownValue } = pulumi.runtime;

const outputOf = (fields: object) => ({ [specialSigKey]: specialOutputValueSig, ...fields });

describe("marked values", () => {
    it("have the marks of the SDK", () => {
        assert.deepEqual(markSecret("s"), { [specialSigKey]: specialSecretSig, value: "s" });
        assert.ok(pulumi.runtime.isRpcSecret(markSecret("s")));
    });

    it("lose every mark, and every type of what is not known yet becomes one text", () => {
        const unknownNumber = "3eeb2bf0-c639-47a8-9e75-3b44932eb421";
        assert.deepEqual(
            withoutMarks({
                a: markSecret({ inner: [markSecret(1), unknownNumber] }),
                b: outputOf({ value: "known", secret: true, dependencies: ["urn"] }),
                c: outputOf({ dependencies: [] }),
                d: null,
            }),
            { a: { inner: [1, unknownValue] }, b: "known", c: unknownValue, d: null },
        );
    });

    it("are found at any depth, also as a secret output", () => {
        assert.equal(hasSecret({ a: [{ b: markSecret(1) }] }), true);
        assert.equal(hasSecret(outputOf({ value: 1, secret: true })), true);
        assert.equal(hasSecret({ a: [outputOf({ value: 1 })], b: null }), false);
    });

    it("come back on an answer: objects inside, lists as a whole, and never twice", () => {
        const sent = {
            plain: "p",
            whole: markSecret("w"),
            files: { open: "o", hidden: markSecret("h") },
            list: [markSecret(1), 2],
            gone: markSecret("g"),
        };
        const answer = {
            plain: "p",
            whole: "w",
            files: { open: "o", hidden: "h", added: "a" },
            list: [1, 2],
            other: 1,
        };
        const marked = withMarksOf(sent, answer);
        assert.deepEqual(marked, {
            plain: "p",
            whole: markSecret("w"),
            files: { open: "o", hidden: markSecret("h"), added: "a" },
            list: markSecret([1, 2]),
            other: 1,
        });
        assert.deepEqual(withMarksOf(sent, marked), marked);
        assert.deepEqual(answer.files.hidden, "h", "the answer itself stays as it was");
    });

    it("tell which declared files are secret", () => {
        assert.equal(secretFilesOf({}), undefined);
        assert.equal(secretFilesOf({ config: { "a.vcl": "x" } }), undefined);
        assert.deepEqual(secretFilesOf({ config: { "a.vcl": "x", "b.key": markSecret("y") } }), ["b.key"]);
        assert.deepEqual(secretFilesOf({ config: markSecret({ "a.vcl": "x" }) }), ["a.vcl"]);
        assert.equal(secretFilesOf({ config: markSecret(unknownValue) }), true);
    });
});
