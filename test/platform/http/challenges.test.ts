import assert from "node:assert/strict";
import { pino } from "pino";
import { createServer } from "../../../platform/http/server";
import { readOptions } from "../../../platform/options";
import { createApplication } from "../../../platform/service/applications";
import { claimOrders, noteOrder, startOrder } from "../../../platform/store/certificate-orders";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("challenges over HTTP", () => {
    before(async function () {
        this.timeout(60_000);
        await sharedContext();
    });

    it("are answered to anybody, for the host that is asked for, and nothing else is", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const hostname = `${fresh("acme")}.acme.example`;
        await createApplication(context, member, { hostname, origin: "192.0.2.1" });
        const { database } = context.store;
        const now = new Date("2001-01-01T00:00:00Z");
        await startOrder(database, { hostname, accountId: member.accountId, now });
        const [row] = await claimOrders(database, now, { claim: hostname, until: now }, 1);
        await noteOrder(database, row as never, { challenge_token: "Tok_en-1", key_authorization: "Tok_en-1.thumb" });
        const wire = { extensions: true, publicUrl: "http://127.0.0.1", edgeDomain: "c.section.io" };
        const server = createServer({ ...readOptions({}), context, wire, log: pino({ level: "silent" }) });
        const ask = async (url: string, headers: Record<string, string>) => {
            const { statusCode, body, headers: answered } = await server.inject({ url, headers });
            return [statusCode, statusCode === 200 ? body : JSON.parse(body).code, answered["content-type"]];
        };
        const found = [200, "Tok_en-1.thumb", "text/plain; charset=utf-8"];
        const missing = [404, "not-found", "application/json; charset=utf-8"];
        for (const host of [hostname, hostname.toUpperCase(), `${hostname}:8080`, `${hostname}.`]) {
            assert.deepEqual(await ask("/.well-known/acme-challenge/Tok_en-1", { host }), found, host);
            assert.deepEqual(await ask("/acme/acme-challenge/Tok_en-1", { "upstream-host": host }), found, host);
        }
        assert.deepEqual(
            await ask("/acme/acme-challenge/Tok_en-1", { host: hostname }),
            missing,
            "there the other header counts",
        );
        assert.deepEqual(await ask("/.well-known/acme-challenge/Tok_en-1", { host: "other.example" }), missing);
        for (const token of ["Tok_en-2", "%00", "..%2f..", "a b", "x".repeat(900), "%2525"])
            assert.equal((await ask(`/.well-known/acme-challenge/${token}`, { host: hostname }))[0], 404, token);
        await server.close();
    });
});
