import assert from "node:assert/strict";
import { Transport } from "../../../platform/acme/transport";
import { startAcmeScript } from "../../support/acme-script";

describe("the connection to a certificate authority", () => {
    it("trusts the authority it is told of and no other", async () => {
        const script = await startAcmeScript(() => ({ status: 203, headers: { "x-test": "1" }, body: "hello" }));
        const [trusting, wary] = [new Transport(script.ca), new Transport()];
        try {
            const { status, headers, body } = await trusting.send("GET", script.url);
            assert.deepEqual([status, headers["x-test"], body.toString()], [203, "1", "hello"]);
            await assert.rejects(wary.send("GET", script.url), {
                kind: "unreachable",
                message: /^localhost:\d+ does not answer: .*certificate/,
            });
        } finally {
            for (const each of [trusting, wary]) each.close();
            await script.close();
        }
    });

    it("fails for what is no https address, what nobody listens at, and what never ends", async () => {
        const script = await startAcmeScript(() => ({ body: "x".repeat(2 * 1024 * 1024) }));
        const transport = new Transport(script.ca);
        try {
            const cases: [string, RegExp][] = [
                ["http://127.0.0.1:1/", /Protocol "http:" not supported/],
                ["nonsense", /the certificate authority does not answer: Invalid URL/],
                ["https://127.0.0.1:1/", /127\.0\.0\.1:1 does not answer: .*ECONNREFUSED/],
                [script.url, /the answer is too large/],
            ];
            for (const [url, message] of cases)
                await assert.rejects(transport.send("GET", url), { name: "AcmeFailure", kind: "unreachable", message });
        } finally {
            transport.close();
            await script.close();
        }
    });

    it("ends what is under way when it is closed, which is no failure of the authority", async () => {
        let transport: Transport | undefined;
        const script = await startAcmeScript(() => {
            transport?.close();
            return "silence";
        });
        transport = new Transport(script.ca);
        await assert.rejects(transport.send("GET", script.url), { name: "AbortError" });
        await script.close();
    });
});
