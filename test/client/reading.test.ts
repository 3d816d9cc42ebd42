import assert from "node:assert/strict";
import { Readings } from "../../client/reading";

describe("shared readings", () => {
    it("a hundred who ask at once are one question; a write makes it old", async () => {
        const readings = new Readings();
        let asked = 0;
        const read = async () => {
            asked += 1;
            return asked;
        };
        assert.deepEqual(
            new Set(await Promise.all(Array.from({ length: 100 }, () => readings.share("/a", read)))),
            new Set([1]),
        );
        await readings.share("/b", read);
        readings.forget("/a", "/nothing");
        assert.equal(await readings.share("/a", read), 3);
        assert.equal(await readings.share("/b", read), 2);
    });

    it("a failure is not kept", async () => {
        const readings = new Readings();
        await assert.rejects(
            readings.share("/a", () => Promise.reject(new Error("no"))),
            /no/,
        );
        assert.equal(await readings.share("/a", async () => "yes"), "yes");
    });
});
