import assert from "node:assert/strict";
import { z } from "zod";
import { amendList } from "../../client/amendment";
import { Client } from "../../client/client";
import { startScript } from "../support/http-server";

const thing = z.object({ id: z.number(), name: z.string() });

describe("a shared reading that a write changes", () => {
    it("is read once, and has what was written since, new or changed; after a failure it is read again", async () => {
        const script = await startScript((request, response, count) => {
            response.statusCode = count === 4 ? 400 : 200;
            response.setHeader("content-type", "application/json");
            const written = { POST: { id: 2, name: "two" }, PATCH: { id: 1, name: "uno" } }[request.method ?? ""];
            response.end(JSON.stringify(written ?? [{ id: 1, name: "one" }]));
        });
        const client = new Client({ endpoint: script.url, token: "x" });
        const list = () => client.read("/thing", z.array(thing));
        const write = (method: "POST" | "PATCH") =>
            client.write(method, "/thing", {
                answer: thing,
                forgets: ["/thing"],
                amends: (record) => [amendList("/thing", "id", record)],
            });
        const before = await list();
        await write("POST");
        await write("PATCH");
        assert.deepEqual(await list(), [
            { id: 1, name: "uno" },
            { id: 2, name: "two" },
        ]);
        assert.deepEqual(before, [{ id: 1, name: "one" }], "who has read it keeps what they read");
        await assert.rejects(write("POST"));
        assert.deepEqual(await list(), [{ id: 1, name: "one" }]);
        assert.equal(script.requests.filter((each) => each.startsWith("GET")).length, 2);
        await script.close();
    });

    it("is also one that is on its way: it may have been answered before the write", async () => {
        let answer = () => {};
        const script = await startScript((request, response) => {
            response.setHeader("content-type", "application/json");
            if (request.method === "POST") return response.end('{"id":2,"name":"two"}');
            answer = () => response.end("[]");
        });
        const client = new Client({ endpoint: script.url, token: "x" });
        const reading = client.read("/thing", z.array(thing));
        await client.write("POST", "/thing", {
            answer: thing,
            forgets: ["/thing"],
            amends: (record) => [amendList("/thing", "id", record)],
        });
        const later = client.read("/thing", z.array(thing));
        answer();
        assert.deepEqual([await reading, await later], [[], [{ id: 2, name: "two" }]]);
        await script.close();
    });
});
