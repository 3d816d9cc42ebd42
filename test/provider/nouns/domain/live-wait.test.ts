import assert from "node:assert/strict";
import { dnsRecordFor, type Problem } from "section-model";
import { waitUntilLive } from "../../../../provider/nouns/domain/live-wait";
import { startSession } from "../../../../provider/run/run";
import { type DnsName, startDns, type TestDns } from "../../../support/dns";
import { type RunningPlatform, startPlatform } from "../../../support/platform";
import { fresh } from "../../../support/stores";

describe("waiting until a hostname is live", function () {
    this.timeout(60_000);
    const names = new Map<string, DnsName>();
    let dns: TestDns;
    let platform: RunningPlatform;
    before(async () => {
        dns = await startDns(names);
        platform = await startPlatform({ dnsServers: [dns.address] });
    });
    after(async () => {
        await platform.close();
        dns.close();
    });

    async function makeWait(timeoutSeconds: number) {
        const hostname = `${fresh("wait")}.acme.example`;
        const { account, application } = await platform.api.makeSite("Acme", hostname);
        const told: string[] = [];
        const settings = {
            endpoint: platform.url,
            token: platform.token,
            allowLiveDelete: false,
            resolvers: [dns.address],
        };
        const session = { ...startSession(settings), tell: (line: string) => void told.push(line) };
        const place = { organization: account, application, environment: "Production" };
        return {
            hostname,
            told,
            wait: () =>
                waitUntilLive(session, { place, record: dnsRecordFor(hostname), isIssued: true, timeoutSeconds }),
        };
    }

    it("ends at once, and silently, for one that is", async () => {
        const { hostname, told, wait } = await makeWait(60);
        names.set(hostname, `${hostname}.c.section.io`);
        await wait();
        assert.deepEqual(told, []);
    });

    it("says what is missing while it waits, and goes on when it is there", async () => {
        const { hostname, told, wait } = await makeWait(60);
        names.set(hostname, { A: ["192.0.2.1"] });
        const waiting = wait();
        while (told.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
        assert.match(told[0] ?? "", /CNAME: found A 192\.0\.2\.1; expected CNAME .*; fix: replace/);
        assert.match(told[1] ?? "", /is not live yet; looking again in 1 s, giving up in (60|59) s/);
        names.set(hostname, `${hostname}.c.section.io`);
        await waiting;
        assert.match(told.at(-1) ?? "", /is live after \d+ s$/);
        assert.equal(told.filter((line) => line.includes("found")).length, 1, "the same is not said twice");
    });

    it("ends with found, expected and fix when time is up", async () => {
        const { hostname, wait } = await makeWait(1);
        const error: Problem = await wait().then(
            () => assert.fail(),
            (failure) => failure,
        );
        assert.equal(error.code, "domain-not-live");
        assert.match(
            error.message,
            /is attached and not live after 1 seconds\. Set its DNS record and run `pulumi up` again, which goes on waiting/,
        );
        assert.deepEqual(error.lines, [
            `${hostname} CNAME: found nothing; expected CNAME ${hostname}.c.section.io; fix: add the record ${hostname} CNAME ${hostname}.c.section.io`,
        ]);
    });

    it("says when the platform itself got no answer", async () => {
        const { hostname, told, wait } = await makeWait(2);
        names.set(hostname, "SERVFAIL");
        await assert.rejects(wait(), { code: "domain-not-live" });
        assert.match(told.join("\n"), /is not live yet \(the DNS servers failed \(SERVFAIL\)\)/);
    });
});
