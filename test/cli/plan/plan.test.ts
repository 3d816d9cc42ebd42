import assert from "node:assert/strict";
import { openPlan, type Plan, readPlan, writePlan } from "../../../cli/plan/plan";
import { urnOf } from "../../support/preview";

const key = Buffer.alloc(32, 7);
const plan: Plan = {
    schema: 1,
    at: "2026-11-28T03:00:00.000Z",
    by: "Olga Owner <olga@agency.example>",
    endpoint: "https://section.example",
    stack: "agency/production",
    versions: { pulumi: "v3.259.0", "pulumi-section": "0.1.0" },
    steps: [
        {
            op: "update",
            urn: urnOf("membership", "acme-jane"),
            kind: "membership",
            id: "1/jane@agency.example",
            changes: { role: { from: "readonly", to: "admin" } },
            platform: { exists: true, role: "readonly" },
            state: "00ff",
        },
    ],
    others: [],
    key: { salt: "v1:abc=:v1:def", secure: "v1:ghi:jkl" },
};
const text = writePlan(plan, key);
const refusal = (of: string, by = key) => {
    try {
        openPlan(readPlan(of), by);
        return "opened";
    } catch (error) {
        return (error as Error).message;
    }
};

describe("a plan's document", () => {
    it("comes back as it was written, however it is laid out", () => {
        assert.deepEqual(openPlan(readPlan(text), key), plan);
        assert.deepEqual(openPlan(readPlan(JSON.stringify(JSON.parse(text))), key), plan);
    });

    it("is refused when it is cut off anywhere", () => {
        const whole = text.trimEnd().length;
        for (let length = 0; length < whole; length += 1)
            assert.match(refusal(text.slice(0, length)), /not one that pulumi-section wrote/);
    });

    it("is refused with any value changed, and by another key", () => {
        assert.match(refusal(text, Buffer.alloc(32, 8)), /its seal is broken/);
        let changed = 0;
        for (const [, value = ""] of text.matchAll(/: "([^"]+)"/g)) {
            assert.notEqual(refusal(text.replace(`: "${value}"`, `: "${value}x"`)), "opened", value);
            changed += 1;
        }
        assert.ok(changed > 12, `only ${changed} values were changed`);
        assert.match(refusal(text.replace('"exists": true', '"exists": false')), /its seal is broken/);
    });

    it("says what is wrong with another file", () => {
        assert.match(refusal("[]"), /it is no JSON object/);
        assert.match(refusal('{"schema":2}'), /its schema is 2, and this version reads 1/);
        const without = (change: object) => refusal(JSON.stringify({ ...JSON.parse(text), ...change }));
        assert.match(without({ by: undefined }), /by is missing/);
        assert.match(without({ at: "yesterday" }), /at is not a time/);
        assert.match(without({ key: { secure: "a\nb: c" } }), /key is not an encrypted key/);
        assert.match(without({ steps: [{ op: "update" }] }), /steps are missing or incomplete/);
        assert.match(without({ others: [1] }), /others are missing/);
        assert.match(without({ versions: [] }), /versions are missing/);
        assert.match(without({ seal: undefined }), /the seal is missing/);
    });
});
