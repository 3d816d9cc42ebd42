import assert from "node:assert/strict";
import { readJson, usualBody } from "../../../platform/http/json-body";

describe("a JSON body", () => {
    it("is its document; nothing is an empty one", async () => {
        assert.deepEqual(await readJson(Buffer.from(' {"a":[1,"x"]}\n')), { a: [1, "x"] });
        for (const nothing of [undefined, Buffer.alloc(0), Buffer.from(" \n")])
            assert.deepEqual(await readJson(nothing), {});
        await assert.rejects(readJson(Buffer.from("{,}")), /the body is not JSON/);
    });

    it("has an end, which is found before it is parsed", async () => {
        const list = (length: number) => Buffer.from(JSON.stringify(Array.from({ length }, () => 0)));
        assert.equal(((await readJson(list(usualBody.values - 1))) as unknown[]).length, usualBody.values - 1);
        await assert.rejects(readJson(list(usualBody.values)), /the body has more than 20000 values/);
        await assert.rejects(readJson(Buffer.from("[".repeat(10)), { values: 3 }), /more than 3 values/);
        assert.deepEqual(await readJson(Buffer.from('["[,{","]"]'), { values: 3 }), ["[,{", "]"]);
    });
});
