import assert from "node:assert/strict";
import { readStruct, writeStruct } from "../../../plugin/wire/struct";

describe("properties of a message", () => {
    it("are the same after the way, without what has no value", () => {
        const properties = { text: "é", count: 1.5, no: false, nothing: null, list: [1, { deep: "x" }], empty: {} };
        assert.deepEqual(readStruct(writeStruct({ ...properties, missing: undefined })), properties);
        assert.deepEqual(readStruct(undefined), {});
    });
});
