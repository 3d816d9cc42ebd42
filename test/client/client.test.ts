import assert from "node:assert/strict";
import { z } from "zod";
import { Client, usualTiming } from "../../client/client";
import { startScript } from "../support/http-server";

const token = "section_secret";

describe("a client", () => {
    it("sends the token as a header only, and reads a path once", async () => {
        const seen: (string | undefined)[] = [];
        const script = await startScript((request, response) => {
            seen.push(request.headers["section-token"] as string);
            response.setHeader("content-type", "application/json").end('{"id":7}');
        });
        const client = new Client({ endpoint: script.url, token });
        const answer = z.object({ id: z.number() });
        assert.deepEqual(await Promise.all([client.read("/x", answer), client.read("/x", answer)]), [
            { id: 7 },
            { id: 7 },
        ]);
        await client.write("POST", "/y", { body: {}, forgets: ["/x"] });
        await client.read("/x", answer);
        assert.deepEqual(script.requests, ["GET /api/v1/x", "POST /api/v1/y", "GET /api/v1/x"]);
        assert.deepEqual(new Set(seen), new Set([token]));
        await script.close();
    });

    it("reads again after a passing failure, does not write again, and forgets even then", async () => {
        const script = await startScript((_request, response, count) => {
            response.statusCode = count === 1 || count === 3 ? 500 : 200;
            response.setHeader("content-type", "application/json").end(`{"id":${count}}`);
        });
        const client = new Client({ endpoint: script.url, token });
        const answer = z.object({ id: z.number() });
        assert.equal((await client.read("/x", answer)).id, 2);
        await assert.rejects(client.write("POST", "/y", { forgets: ["/x"] }), { code: "internal", isUncertain: true });
        assert.equal((await client.read("/x", answer)).id, 4);
        await script.close();
    });

    it("waits for what is made as long as a slow platform takes, asks once, and gives up after that", async () => {
        const script = await startScript((_request, response, count) => {
            if (count === 1) setTimeout(() => response.end(), 400);
        });
        const client = new Client({ endpoint: script.url, token }, { contactMs: 100, readMs: 100, writeMs: 1_000 });
        await client.write("POST", "/slow", { forgets: [] });
        await assert.rejects(client.write("POST", "/never", { forgets: [] }), { isUncertain: true });
        assert.deepEqual(script.requests, ["POST /api/v1/slow", "POST /api/v1/never"]);
        assert.ok(usualTiming.writeMs > 2 * 60_000, "two minutes for a site are usual");
        await script.close();
    });

    it("asks for a fact once, and again after a failure", async () => {
        const client = new Client({ endpoint: "http://127.0.0.1:9", token });
        let asked = 0;
        const ask = async () => {
            asked += 1;
            if (asked === 1) throw new Error("no");
            return asked;
        };
        await assert.rejects(client.once("fact", ask), /no/);
        assert.deepEqual(await Promise.all([client.once("fact", ask), client.once("fact", ask)]), [2, 2]);
        assert.equal(await client.once("other", ask), 3);
        assert.equal(await new Client({ endpoint: "http://127.0.0.1:9", token }).once("fact", ask), 4);
    });

    it("says when an endpoint is no Section platform", async () => {
        const answers = ["<html>Welcome to nginx</html>", '{"hello": "world"}'];
        const script = await startScript((_request, response, count) => response.end(answers[count - 1]));
        const read = () => new Client({ endpoint: script.url, token }).read("/account", z.array(z.object({})));
        await assert.rejects(read(), { code: "no-platform", message: /\/account answered 200 with a web page/ });
        await assert.rejects(
            read(),
            /gave an answer that is not v1.*Check that SECTION_ENDPOINT names a Section platform/s,
        );
        await script.close();
    });
});
