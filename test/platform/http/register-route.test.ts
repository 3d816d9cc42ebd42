import assert from "node:assert/strict";
import Fastify from "fastify";
import { z } from "zod";
import { registerRoute } from "../../../platform/http/register-route";
import { defineRoute } from "../../../platform/http/route";
import { addToken } from "../../../platform/service/tokens";
import { makeMember, sharedContext } from "../../support/context";

describe("a route on the server", () => {
    it("asks for credentials before it looks at anything, and for access before it looks at the body", async () => {
        const context = await sharedContext();
        const { caller, accountId } = await makeMember(context);
        const { token } = await addToken(context, { userId: caller.userId, description: "x" });
        const server = Fastify();
        server.removeAllContentTypeParsers();
        server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
        server.setErrorHandler((error, _request, reply) => reply.code(400).send({ seen: (error as Error).message }));
        const route = defineRoute({
            operation: "echo",
            method: "POST",
            root: "/root",
            path: "/echo/:accountId",
            summary: "x",
            access: ["admin"],
            params: z.object({ accountId: z.coerce.number("must be a number") }),
            query: z.object({ loud: z.string().optional() }),
            body: z.strictObject({ text: z.string("must be text") }),
            failures: [],
            answer: z.unknown(),
            handle: async ({ member, body, query }) => ({ account: member.accountId, ...body, ...query }),
        });
        registerRoute(server, route, { context, wire: { extensions: true, publicUrl: "", edgeDomain: "x" } });
        const send = async (
            account: string,
            payload: string,
            headers: Record<string, string> = { "section-token": token },
        ) => (await server.inject({ method: "POST", url: `/root/echo/${account}?loud=yes`, payload, headers })).json();
        assert.deepEqual(await send(String(accountId), '{"text":"hello"}'), {
            account: accountId,
            text: "hello",
            loud: "yes",
        });
        assert.match((await send("x", "{", {})).seen, /unauthorized/);
        assert.match((await send("999999", "{")).seen, /no account 999999/);
        assert.match((await send(String(accountId), "{")).seen, /the body is not JSON/);
        await server.close();
    });
});
