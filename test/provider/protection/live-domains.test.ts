import assert from "node:assert/strict";
import { Client } from "section-client";
import { foreseeLive, listLive, refuseLiveDomains, withLiveState } from "../../../provider/protection/live-domains";
import { sayUnchecked } from "../../../provider/run/unchecked";
import { type DnsName, startDns, type TestDns } from "../../support/dns";
import { startScript } from "../../support/http-server";
import { type RunningPlatform, startPlatform } from "../../support/platform";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("what is live", () => {
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
    const open = async (allowLiveDelete = false) => ({
        ...(await openTestSession({ allowLiveDelete })),
        client: new Client({ endpoint: platform.url, token: platform.token }),
    });
    const makeSite = async (hostname: string) => {
        const { account: organization, application } = await platform.api.makeSite("Acme", hostname);
        return { organization, application };
    };

    it("is asked of the DNS now, once per hostname and run, whatever the last check found", async () => {
        const hostname = `${fresh("live")}.acme.example`;
        const place = await makeSite(hostname);
        const [remembered, gone] = [
            { hostname, engaged: false },
            { hostname: "gone.acme.example", engaged: true },
        ];
        assert.deepEqual(await listLive(await open(), place, [remembered, gone]), []);

        names.set(hostname, `${hostname}.c.section.io`);
        const session = await open();
        const asked = dns.asked.length;
        const both = [listLive(session, place, [remembered, gone]), listLive(session, place, [remembered])];
        assert.deepEqual(await Promise.all(both), [[hostname], [hostname]]);
        const questions = dns.asked.slice(asked).filter((each) => each === `CNAME ${hostname}`);
        assert.equal(questions.length, 1);
        await assert.rejects(
            refuseLiveDomains(session, place, "1/2/Staging", [remembered]),
            /^Problem: 1\/2\/Staging serves visitors under live\S+\.acme\.example\. To keep it, put it back/,
        );
        await refuseLiveDomains(await open(true), place, "1/2/Staging", [remembered]);

        names.delete(hostname);
        assert.deepEqual(await listLive(await open(), place, [{ hostname, engaged: true }]), [], "it has moved away");
    });

    it("is the last answer where the platform cannot ask the DNS, and a line says so", async () => {
        const hostname = `${fresh("silent")}.acme.example`;
        const place = await makeSite(hostname);
        names.set(hostname, `${hostname}.c.section.io`);
        assert.deepEqual(await listLive(await open(), place, [{ hostname }]), [hostname]);
        names.set(hostname, "SERVFAIL");
        const session = await open();
        assert.deepEqual(await listLive(session, place, [{ hostname }]), [hostname]);
        assert.match(
            session.told.join(),
            /^silent\S+: the platform could not ask the DNS now \(.*\), so its last answer counts: live$/,
        );
    });

    it("is what the organization's list says where the request of v1 fails", async () => {
        const script = await startScript((request, response) => {
            const isList = request.url?.endsWith("/domains");
            response.writeHead(isList ? 200 : 500, { "content-type": "application/json" });
            const domains = [{ domain_name: "a.example", engaged: true }];
            response.end(JSON.stringify(isList ? domains : { message: "the DNS look-up failed" }));
        });
        try {
            const session = { ...(await open()), client: new Client({ endpoint: script.url, token: "x" }) };
            const place = { organization: 1, application: 2 };
            const hostnames = ["a.example", "b.example"].map((hostname) => ({ hostname }));
            assert.deepEqual(await listLive(session, place, hostnames), ["a.example"]);
            assert.match(session.told.join("\n"), /a\.example: .* \(the DNS look-up failed .*\), so its .*: live$/m);
            assert.match(session.told.join("\n"), /b\.example: .* counts: not live$/m);
        } finally {
            await script.close();
        }
    });

    it("is what the state remembers where the platform does not answer a preview", async () => {
        const session = { ...(await open()), client: new Client({ endpoint: "http://127.0.0.1:9", token: "x" }) };
        const domains = [
            { hostname: "a.example", engaged: true },
            { hostname: "b.example", engaged: false },
        ];
        const place = { organization: 1, application: 2 };
        assert.deepEqual(await foreseeLive(session, "domain x", place, domains), ["a.example"]);
        assert.match(String(sayUnchecked(session.memory)), /not checked with the platform: domain x/);
    });

    it("was so at the last check as the organization says where an environment does not; a role that may not list it is told nothing", async () => {
        const session = await openTestSession({ extensions: false });
        const hostname = `${fresh("live")}.acme.example`;
        const { id } = await session.platform.api.must("POST", "/account/create", {
            name: "Acme",
            hostname,
            origin: "192.0.2.1",
        });
        const domains = [{ hostname, engaged: undefined }];
        assert.deepEqual(await withLiveState(session, id, domains), [{ hostname, engaged: false }]);
        const reader = await session.platform.signUp(`${fresh("reader")}@agency.example`);
        const { email } = await reader.get("/user");
        await session.platform.api.must("POST", `/account/${id}/user`, { email });
        const [{ id: user }] = (await session.platform.api.get(`/account/${id}/user`)).filter(
            (each: { email: string }) => each.email === email,
        );
        await session.platform.api.must("POST", `/account/${id}/user/${user}`, { accountCapability: "readonly" });
        const theirs = await openTestSession({ extensions: false, token: reader.token });
        assert.deepEqual(await withLiveState(theirs, id, domains), domains);
    });
});
