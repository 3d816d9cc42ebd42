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

    it("is there for whoever asks next, and forgotten unless somebody has asked again", async () => {
        const readings = new Readings();
        assert.equal(readings.has("/a"), false);
        const old = readings.share("/a", async () => 1);
        assert.equal(readings.has("/a"), true);
        readings.forget("/a");
        const newer = readings.share("/a", async () => 2);
        readings.forgetAnswer("/a", old);
        assert.equal(await readings.share("/a", async () => 3), 2);
        readings.forgetAnswer("/a", newer);
        assert.deepEqual([readings.has("/a"), await readings.share("/a", async () => 4)], [false, 4]);
    });

    it("a failure is not kept", async () => {
        const readings = new Readings();
        await assert.rejects(
            readings.share("/a", () => Promise.reject(new Error("no"))),
            /no/,
        );
        assert.equal(await readings.share("/a", async () => "yes"), "yes");
    });

    it("are forgotten by the beginning of their keys", () => {
        const readings = new Readings();
        const keys = ["/a/1/user", "/a/1/application/2", "/a/10/user", "older /a/1/user"];
        for (const key of keys) readings.share(key, async () => 1);
        readings.forgetBelow("/a/1/");
        assert.deepEqual(
            keys.map((key) => readings.has(key)),
            [false, false, true, true],
        );
    });
});
