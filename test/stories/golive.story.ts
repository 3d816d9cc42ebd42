import assert from "node:assert/strict";
import * as section from "pulumi-section";
import { openStack } from "../harness/stack";
import { issueChain } from "../support/certificates";
import { type DnsName, startDns, type TestDns } from "../support/dns";
import { type FaultProxy, startFaultProxy } from "../support/fault-proxy";
import { type Internet, startInternet } from "../support/issuing";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { openStack as openEngineStack } from "../support/stack";

const hostname = "www.acme.example";
const shop = "shop.acme.example";

interface Declared {
    /** The time to wait for the site's own hostname. Undefined: no wait. */
    timeoutSeconds?: number;
    certificate?: section.DomainArgs["certificate"];
    isIssued?: boolean;
}

describe("going live", () => {
    let internet: Internet;
    let names: Map<string, DnsName>;
    let dns: TestDns;
    let platform: RunningPlatform;
    let proxy: FaultProxy;
    before(async () => {
        internet = await startInternet();
        names = internet.aliases as Map<string, DnsName>;
        dns = await startDns(names, internet.addresses);
        platform = await startPlatform({ ...internet.options, port: internet.port });
        proxy = await startFaultProxy(platform.url);
    });
    after(async () => {
        await proxy.close();
        await platform.close();
        dns.close();
        await internet.stop();
    });

    const program =
        ({ timeoutSeconds, certificate, isIssued = true }: Declared) =>
        async () => {
            const acme = new section.Organization("acme", { name: "Acme" });
            const www = new section.Application("www", { organization: acme.id, hostname, origin: "192.0.2.1" });
            const own = new section.Domain("own", {
                environment: www.production,
                hostname,
                ...(timeoutSeconds !== undefined && { waitForLive: { timeoutSeconds } }),
                ...(isIssued && { certificate: "acme" }),
            });
            const other = new section.Domain("shop", { environment: www.production, hostname: shop, certificate });
            return { dns: www.dns, live: own.engaged, issued: own.certificate, brought: other.certificate };
        };

    it("a preview says what the DNS lacks; up waits for it, keeps what it has made, goes on, and has the certificate issued", () =>
        withFolder(async (folder) => {
            const { root: _root, publicCertificates, privateKey } = await issueChain([shop]);
            const certificate = { publicCertificates, privateKey };
            const environment = { SECTION_ENDPOINT: proxy.url, SECTION_TOKEN: platform.token, SECTION_RESOLVER: "" };
            const stack = await openEngineStack({
                folder,
                program: program({ timeoutSeconds: 2, certificate }),
                environment,
            });
            await stack.setConfig("section:resolver", dns.address);
            names.set(hostname, { A: ["192.0.2.1"], AAAA: ["2001:db8::1"] });
            names.set("acme.example", { CAA: [{ flags: 0, tag: "issue", value: "other-ca.example" }] });

            const preview = await stack.preview();
            assert.match(
                preview.stdout,
                new RegExp(
                    `${hostname} CNAME: found A 192\\.0\\.2\\.1; expected CNAME ${hostname}\\.c\\.section\\.io; fix: replace`,
                ),
            );
            assert.match(
                preview.stdout,
                new RegExp(`${hostname} AAAA: found AAAA 2001:db8::1; expected none; fix: remove the AAAA records`),
            );
            assert.match(
                preview.stdout,
                /CAA: found acme\.example CAA issue "other-ca\.example"; expected also 0 issue "letsencrypt\.org"; fix: add the record/,
            );
            assert.match(
                preview.stdout,
                new RegExp(
                    `${shop} CNAME: found nothing; expected CNAME ${shop}\\.c\\.section\\.io; fix: add the record`,
                ),
            );
            assert.deepEqual(await platform.api.get("/account"), [], "nothing was made");

            await assert.rejects(stack.up(), (error: Error) => {
                assert.match(
                    error.message,
                    /www\.acme\.example is not live yet; looking again in 1 s, giving up in 2 s/,
                );
                assert.match(
                    error.message,
                    /is attached and not live after 2 seconds\. Set its DNS record and run `pulumi up` again, which goes on waiting/,
                );
                assert.match(
                    error.message,
                    new RegExp(
                        `not live after 2 seconds[^]*${hostname} CNAME: found A 192\\.0\\.2\\.1; expected CNAME`,
                    ),
                );
                return true;
            });

            stack.setProgram(program({ timeoutSeconds: 60, certificate }));
            const going = stack.up();
            setTimeout(() => {
                internet.pointHere(hostname);
                names.delete("acme.example");
            }, 6_000);
            const { changes, outputs, stdout } = await going;
            assert.deepEqual(
                [changes.create ?? 0, changes.update],
                [0, 1],
                "what had been kept is finished, and not made again",
            );
            assert.match(stdout, /www\.acme\.example is live after \d+ s/);
            assert.equal(outputs.live, true);
            assert.equal((outputs.dns as section.DnsAdvice).host, "www");
            const [issued, brought] = [outputs.issued, outputs.brought] as section.DomainCertificate[];
            assert.deepEqual([issued?.type, issued?.configured, issued?.names], ["acme", true, [hostname]]);
            assert.match(issued?.issuer ?? "", /^Pebble Intermediate CA/);
            assert.deepEqual([brought?.type, brought?.issuer, brought?.names], ["custom", "Test CA 1", [shop]]);

            const sent = [proxy.seen.length, dns.asked.length];
            assert.equal((await stack.preview()).changes.same, 5);
            assert.deepEqual([proxy.seen.length, dns.asked.length], sent, "an unchanged declaration sends nothing");
            for (const declared of [{}, { timeoutSeconds: 5 }]) {
                stack.setProgram(program({ ...declared, certificate }));
                assert.deepEqual((await stack.preview()).changes, { same: 5 }, "waiting for what is live is no work");
            }
            stack.setProgram(program({ certificate, isIssued: false }));
            assert.deepEqual(
                (await stack.preview()).changes,
                { same: 5 },
                "what is no longer declared is left as it is",
            );

            const soon = await issueChain([shop], { until: new Date(Date.now() + 6.5 * 86_400_000) });
            const next = { publicCertificates: soon.publicCertificates, privateKey: soon.privateKey };
            stack.setProgram(program({ timeoutSeconds: 5, certificate: { ...next, privateKey } }));
            await assert.rejects(stack.preview(), (error: Error) => {
                assert.match(
                    error.message,
                    /certificate\.privateKey does not belong to certificate 1 \(shop\.acme\.example\)/,
                );
                assert.ok(!error.message.includes("PRIVATE KEY"));
                return true;
            });
            stack.setProgram(program({ timeoutSeconds: 5, certificate: next }));
            const changed = await stack.preview({ diff: true });
            assert.deepEqual(changed.changes, { same: 4, update: 1 });
            assert.match(
                changed.stdout,
                /the certificate of shop\.acme\.example ends on .*, in 6 days; declare the next one/,
            );
            assert.equal((await stack.up()).changes.update, 1);
            const text = await stack.state();
            for (const key of [privateKey, soon.privateKey])
                assert.ok(!text.includes(key.split("\n")[1] as string), "the state has a key in clear");
            assert.ok(!changed.stdout.includes(soon.privateKey.split("\n")[1] as string), "a preview shows a key");

            const { id: account } = (await platform.api.get("/account"))[0];
            await platform.api.must("POST", `/account/${account}/domain/${shop}/https`, {
                type: "custom",
                public_certificates: publicCertificates,
                private_key: privateKey,
            });
            assert.equal((await stack.refresh()).changes.update, 1, "another certificate is seen");
            assert.equal((await stack.up()).changes.update, 1, "and the declared one put back");

            await assert.rejects(stack.destroy(), /application .*serves visitors under www\.acme\.example/);
            stack.setEnvironment({ SECTION_ALLOW_LIVE_DELETE: "true" });
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
        }));
});

describe("a domain that is given another environment", () => {
    const moving = (target: "Production" | "Staging") => async () => {
        const acme = new section.Organization("acme", { name: "Acme", firstSite: { hostname, origin: "192.0.2.1" } });
        const www = new section.Application("www", { organization: acme.id, hostname, origin: "192.0.2.1" });
        // made by the same up that moves the domain there
        const staging = () =>
            new section.Environment("staging", {
                application: www.id,
                name: "Staging",
                hostname: "staging.acme.example",
            });
        new section.Domain("shop", {
            environment: target === "Staging" ? staging().id : www.production,
            hostname: shop,
        });
    };

    /** Asks continuously which environments have the domain, until it is told to stop. */
    function watchDomain(platform: RunningPlatform, path: string) {
        const seen: string[] = [];
        let isOver = false;
        const watching = (async () => {
            while (!isOver) {
                const environments: { environment_name: string; domains: { name: string }[] }[] =
                    await platform.api.get(path);
                seen.push(
                    environments
                        .filter(({ domains }) => domains.some(({ name }) => name === shop))
                        .map((each) => each.environment_name)
                        .join(),
                );
            }
        })();
        return async () => {
            isOver = true;
            await watching;
            return seen;
        };
    }

    for (const extensions of [true, false]) {
        it(`is moved ${extensions ? "in one step, live as it is, without a moment in which it is nowhere" : "by detaching and attaching at once with pure v1, unless it is live"}`, () =>
            withFolder(async (folder) => {
                const names = new Map<string, DnsName>();
                const dns = await startDns(names);
                const platform = await startPlatform({ dnsServers: [dns.address], extensions });
                try {
                    const stack = await openStack({
                        folder,
                        program: moving("Production"),
                        environment: { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token },
                    });
                    await stack.up();
                    const [{ id: account }] = await platform.api.get("/account");
                    const [{ id: application }] = await platform.api.get(`/account/${account}/application`);
                    const path = `/account/${account}/application/${application}/environment`;

                    names.set(shop, `${shop}.c.section.io`);
                    await platform.api.get(`/account/${account}/domain/${shop}/verifyEngaged`);
                    await stack.refresh();
                    stack.setProgram(moving("Staging"));
                    if (extensions) {
                        assert.match(
                            (await stack.preview()).stdout,
                            /shop\.acme\.example is live and moves in one step: its visitors are served by the new environment/,
                        );
                    } else {
                        await assert.rejects(stack.preview(), /is live and changing environment would delete it/);
                        names.delete(shop);
                        await platform.api.get(`/account/${account}/domain/${shop}/verifyEngaged`);
                        await stack.refresh();
                    }

                    const stop = watchDomain(platform, path);
                    assert.equal((await stack.up()).changes.replace, 1);
                    const seen = await stop();
                    assert.deepEqual([seen[0], seen.at(-1)], ["Production", "Staging"]);
                    const gaps = seen.filter((place) => place !== "Production" && place !== "Staging").length;
                    console.log(`      ${seen.length} looks, ${gaps} without it`);
                    if (extensions) {
                        assert.equal(gaps, 0);
                        const [domain] = (await platform.api.get(`${path}/Staging`)).domains.filter(
                            ({ name }: { name: string }) => name === shop,
                        );
                        assert.equal(domain.engaged, true, "it is as live as it was");
                    }

                    await platform.api.must("DELETE", `${path}/Staging/domain/${shop}`);
                    await platform.api.must("POST", `${path}/Production/domain/${shop}`);
                    assert.equal((await stack.refresh()).changes.delete, 1);
                    await assert.rejects(
                        stack.up(),
                        /shop\.acme\.example is attached to environment \d+\/\d+\/Production/,
                        "what nobody planned to move stays where it is",
                    );
                } finally {
                    await platform.close();
                    dns.close();
                }
            }));
    }
});
