import assert from "node:assert/strict";
import { PassThrough, Readable } from "node:stream";
import { Progress } from "../../../platform/command/progress";

describe("the progress of a copy", () => {
    it("counts what is written, and how fast", async () => {
        const progress = new Progress("backup");
        const sink = new PassThrough();
        let arrived = 0;
        sink.on("data", (chunk) => {
            arrived += chunk.length;
        });
        const counted = progress.countInto(sink);
        for (let index = 0; index < 50; index += 1) counted.write(Buffer.alloc(100_000));
        await progress.drain();
        assert.equal(arrived, 5_000_000);
        assert.match(progress.summary(), /^5\.0 MB in \d+\.\d s \(\d+\.\d MB\/s\)$/);
        assert.equal(sink.writableEnded, false);
        progress.stop();
    });

    it("counts what is read, and loses nothing however late it is read", async () => {
        const progress = new Progress("restore");
        const counted = progress.countFrom(Readable.from([Buffer.alloc(1_000), Buffer.alloc(500)]));
        await new Promise((resolve) => setTimeout(resolve, 50));
        let arrived = 0;
        for await (const chunk of counted) arrived += chunk.length;
        assert.equal(arrived, 1_500);
        assert.match(progress.summary(), /^1\.5 kB in /);
        progress.stop();
    });

    it("passes on what goes wrong", async () => {
        const progress = new Progress("backup");
        const counted = progress.countInto(new PassThrough().destroy(new Error("no space")));
        await assert.rejects(new Promise((_resolve, reject) => counted.once("error", reject)), /no space/);
        progress.stop();
    });
});
