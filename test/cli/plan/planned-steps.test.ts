import assert from "node:assert/strict";
import { readPreview } from "../../../cli/engine/preview";
import { keyedDigest } from "../../../cli/plan/plan";
import { type EnginePlan, listCiphertexts, listTouched, planStep } from "../../../cli/plan/planned-steps";
import { unknownValue } from "../../../provider/run/unknown";
import { describeBothWays } from "../../support/both-ways";
import { previewText, type StepText, urnOf } from "../../support/preview";

const digest = (text: string) => keyedDigest(Buffer.alloc(32, 7), text);
const none = new Map<string, string>();
const stepsOf = (...steps: StepText[]) =>
    listTouched(readPreview(previewText(steps))).map((step) => planStep(step, digest, none));
const secretOf = (ciphertext: string) => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    ciphertext,
});

describeBothWays("planned steps", () => {
    it("are those that change something, in the order of their names, with what changes", () => {
        const steps = stepsOf(
            {
                op: "update",
                kind: "membership",
                name: "b",
                id: "1/b@x.example",
                olds: { role: "readonly" },
                news: { role: "admin" },
            },
            { op: "same", kind: "organization", name: "acme", id: "1", olds: { name: "Acme" }, news: { name: "Acme" } },
            { op: "update", kind: "guard", name: "guard", id: "g", olds: { declared: 1 }, news: { declared: 2 } },
            { op: "create", kind: "membership", name: "a", news: { role: "admin", organization: unknownValue } },
            { op: "delete", kind: "membership", name: "c", id: "1/c@x.example", olds: { role: "admin" } },
        );
        assert.deepEqual(
            steps.map(({ op, id, changes }) => [op, id, changes]),
            [
                ["create", undefined, { organization: { to: "[not known yet]" }, role: { to: "admin" } }],
                ["update", "1/b@x.example", { role: { from: "readonly", to: "admin" } }],
                ["delete", "1/c@x.example", {}],
            ],
        );
    });

    it("have files as git's blob ids, and no secret, marked or not", () => {
        const config = (text: string) => ({
            config: {
                "varnish/default.vcl": text,
                "varnish/key.txt": "password = hunter2-hunter2",
                marked: "[secret]",
            },
        });
        const [environment, created] = stepsOf(
            {
                op: "update",
                kind: "environment",
                name: "one",
                id: "1/1/Staging",
                olds: config("vcl 4.0;\n"),
                news: config("vcl 4.1;\n"),
            },
            { op: "create", kind: "environment", name: "two", news: config("vcl 4.1;\n") },
        );
        // as git hash-object says
        const blobs = {
            from: "blob fa3f20b076e005b40451ab744456efa6e0a8839f",
            to: "blob fda6e766768eb2849a775fd1321c331a6ee38965",
        };
        assert.deepEqual(environment?.changes, { 'config["varnish/default.vcl"]': blobs });
        assert.match(JSON.stringify(created?.changes), /"keyed [0-9a-f]{64}"/);
        assert.doesNotMatch(JSON.stringify([environment, created]), /hunter2/);
        const [certificate] = stepsOf({
            op: "create",
            kind: "domain",
            name: "shop",
            news: { certificate: { privateKey: "-----PRIVATE" } },
        });
        assert.doesNotMatch(JSON.stringify(certificate), /PRIVATE/);
    });

    it("tell one secret from another by its digest, which its place is a part of", () => {
        const urn = urnOf("environment", "one");
        const engine: EnginePlan = {
            resourcePlans: {
                [urn]: {
                    goal: {
                        inputDiff: { updates: { config: { "pin.txt": secretOf("v1:a") }, pin: secretOf("v1:b") } },
                    },
                },
            },
        };
        assert.deepEqual(
            [...listCiphertexts(engine, urn)],
            [
                ['config["pin.txt"]', "v1:a"],
                ["pin", "v1:b"],
            ],
        );
        assert.equal(listCiphertexts(engine, "another").size, 0);
        const [step] = listTouched(
            readPreview(previewText([{ op: "update", kind: "environment", name: "one", olds: {}, news: {} }])),
        );
        assert.ok(step);
        const secretsOf = (pin: string) =>
            planStep(
                step,
                digest,
                new Map([
                    ["one", pin],
                    ["two", pin],
                ]),
            ).secrets;
        assert.notEqual(secretsOf("4711")?.one, secretsOf("4711")?.two);
        assert.notEqual(secretsOf("4711")?.one, secretsOf("4712")?.one);
        assert.deepEqual(secretsOf("4711"), secretsOf("4711"));
    });
});
