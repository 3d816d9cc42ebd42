import assert from "node:assert/strict";
import Fastify from "fastify";
import { Answer, sendAnswer } from "../../../platform/http/answer";

describe("what a handler returns", () => {
    it("is sent as JSON, or as the answer it is", async () => {
        const server = Fastify();
        const answers: Record<string, unknown> = {
            json: { a: 1 },
            list: [],
            nothing: new Answer(204),
            empty: new Answer(200),
            file: new Answer(200, Buffer.from([1, 2]), "application/tar+gzip"),
        };
        server.get<{ Params: { name: string } }>("/:name", (request, reply) =>
            sendAnswer(reply, answers[request.params.name]),
        );
        const get = async (name: string) => {
            const { statusCode, headers, rawPayload } = await server.inject(`/${name}`);
            return [statusCode, headers["content-type"], rawPayload.toString("latin1")];
        };
        const json = "application/json; charset=utf-8";
        assert.deepEqual(await get("json"), [200, json, '{"a":1}']);
        assert.deepEqual(await get("list"), [200, json, "[]"]);
        assert.deepEqual(await get("nothing"), [204, undefined, ""]);
        assert.deepEqual(await get("empty"), [200, undefined, ""]);
        assert.deepEqual(await get("file"), [200, "application/tar+gzip", "\u0001\u0002"]);
        await server.close();
    });
});
