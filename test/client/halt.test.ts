import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { Client, usualTiming } from "../../client/client";
import { Halt, usualHaltTiming } from "../../client/halt";
import { startScript } from "../support/http-server";

const token = "section_secret";
const timing = { finishMs: 60, lastAnswerMs: 250 };

describe("a halt", () => {
    it("ends pauses at once, and those that come later", async () => {
        const halt = new Halt();
        assert.equal(await halt.pause(1), true);
        const pause = halt.pause(3_600_000);
        halt.begin();
        halt.begin();
        assert.deepEqual([await pause, await halt.pause(3_600_000)], [false, false]);
    });

    it("lets work that has begun send more for a little time, then refuses requests by their names", async () => {
        const script = await startScript((_request, response) => response.end());
        const client = new Client({ endpoint: script.url, token }, usualTiming, new Halt(timing));
        client.halt.begin();
        await client.write("POST", "/x", { forgets: [] });
        await sleep(2 * timing.finishMs);
        await assert.rejects(client.write("POST", "/y", { forgets: [] }), {
            code: "stopped",
            isUncertain: false,
            message: /^this was stopped before it sent POST \/y\. Nothing is lost: run the same again/,
        });
        assert.deepEqual(script.requests, ["POST /api/v1/x"]);
        await script.close();
    });

    it("ends reads before what changes something, which may have been done", async () => {
        const script = await startScript(() => {});
        const client = new Client({ endpoint: script.url, token }, usualTiming, new Halt(timing));
        const ends: string[] = [];
        const rejects = (asked: Promise<unknown>, expected: object) =>
            assert.rejects(asked, expected).then(() => void ends.push(JSON.stringify(expected)));
        const [read, write] = [
            {
                code: "stopped",
                isUncertain: false,
                detail: "this was stopped while it waited for the answer to GET /x",
            },
            {
                code: "stopped",
                isUncertain: true,
                detail: "this was stopped while it waited for the answer to POST /y",
            },
        ];
        const waiting = [
            rejects(client.write("POST", "/y", { forgets: [] }), write),
            rejects(client.read("/x", z.unknown()), read),
        ];
        while (script.requests.length < 2) await sleep(5);
        client.halt.begin();
        await Promise.all(waiting);
        assert.deepEqual(
            ends,
            [read, write].map((each) => JSON.stringify(each)),
        );
        await script.close();
    });

    it("does not wait until a request may be sent again", async () => {
        const script = await startScript((_request, response) => {
            response.statusCode = 429;
            response.setHeader("retry-after", "600").end();
        });
        const client = new Client({ endpoint: script.url, token });
        const expected = { code: "stopped", detail: "this was stopped before it sent POST /x again" };
        const waiting = assert.rejects(client.write("POST", "/x", { forgets: [] }), expected);
        while (script.requests.length < 1) await sleep(5);
        await sleep(50); // its answer is on the way
        client.halt.begin();
        await waiting;
        await assert.rejects(client.write("POST", "/x", { forgets: [] }), expected, "nor begins to");
        await script.close();
    });

    it("leaves more time to what changes something", () => {
        assert.ok(usualHaltTiming.finishMs < usualHaltTiming.lastAnswerMs);
    });
});
