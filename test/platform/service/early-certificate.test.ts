import assert from "node:assert/strict";
import { Dns } from "../../../platform/dns/dns";
import { failureOf, refuseEarly } from "../../../platform/service/early-certificate";
import { sharedContext } from "../../support/context";
import { type DnsName, startDns } from "../../support/dns";
import { fresh } from "../../support/stores";

// what an authority does is shown with a real one in test/stories/certificates.story.ts
describe("a certificate before the DNS change", () => {
    const now = new Date("2026-11-29T12:00:00Z");
    const failed = {
        hostname: "www.acme.example",
        last_error: "it is not ours",
        due_at: new Date(now.getTime() + 90_000),
    };

    it("that failed says how the challenge gets here, and of a live hostname that it is tried again", () => {
        const early = failureOf(failed, now, false);
        assert.equal(early.retryAfterSeconds, 90);
        assert.equal(
            early.message,
            "it is not ours. Let the DNS of www.acme.example lead here, or let the server that it leads to forward http://www.acme.example/.well-known/acme-challenge/ to this platform, then ask again.",
        );
        assert.match(failureOf(failed, now, true).message, /it is tried again by itself\.$/);
        assert.equal(failureOf({ ...failed, due_at: null }, now, true).retryAfterSeconds, undefined);
    });

    it("is not asked for without an address, again at once, or too often in an hour", async () => {
        const shared = await sharedContext();
        const names = new Map<string, DnsName>();
        const server = await startDns(names);
        const dns = new Dns([server.address]);
        const ask = (most: number, account: number, running?: object) =>
            refuseEarly(
                { ...shared, dns, options: { ...shared.options, certificateTriesPerHour: most } },
                { hostname: "www.acme.example", account_id: account },
                running as never,
            );
        const account = Number(fresh("77").replaceAll(/\D/g, ""));
        await assert.rejects(ask(9, account), { code: "domain-not-live", message: /has no IPv4 address in the DNS/ });
        names.set("www.acme.example", { A: ["192.0.2.1"] });
        await ask(1, account);
        await assert.rejects(ask(1, account), { code: "rate-limited" });
        await ask(1, account + 1);
        await ask(0, account);
        await assert.rejects(ask(9, account, { ...failed, attempts: 1 }), { code: "issue-failed" });
        await ask(9, account, { ...failed, attempts: 0 });
        server.close();
    });
});
