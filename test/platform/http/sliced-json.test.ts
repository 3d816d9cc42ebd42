import assert from "node:assert/strict";
import fc from "fast-check";
import { formatInSlices } from "../../../platform/http/sliced-json";
import { measureLag } from "../../support/loop-lag";

const same = async (value: unknown) => assert.equal(String(await formatInSlices(value)), JSON.stringify(value));

describe("JSON in slices", () => {
    it("is that of JSON.stringify", () =>
        fc.assert(fc.asyncProperty(fc.jsonValue({ maxDepth: 4, stringUnit: "binary" }), (value) => same(value))));

    it("leaves out what is not defined, and cuts no character of a long text", async () => {
        await same({ a: undefined, b: [{ c: 1, d: undefined }], e: "" });
        for (const before of [65_534, 65_535, 65_536]) await same([`${"a".repeat(before)}\u{1f600}\ud83d"\\\n`]);
        await same("\u{1f600}".repeat(100_000));
    });

    it("keeps nobody waiting", async () => {
        const value = { files: ['\u0001"é'.repeat(3_000_000), ...Array.from({ length: 20_000 }, (_, at) => ({ at }))] };
        const lag = await measureLag(() => formatInSlices(value));
        assert.ok(lag <= 50, `it stopped the event loop for ${lag.toFixed(0)} ms`);
    });
});
