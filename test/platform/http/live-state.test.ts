import assert from "node:assert/strict";
import { Api } from "../../support/api";
import { startDns } from "../../support/dns";
import { startPlatform } from "../../support/platform";
import { fresh, onEveryPlatform, sharedNames } from "../../support/stores";

onEveryPlatform("the live state over HTTP", (platform) => {
    async function site() {
        const hostname = `${fresh("live")}.acme.example`;
        const { account, application } = await platform().api.makeSite("Acme", hostname);
        const at = `/account/${account}/application/${application}`;
        return { hostname, account, at, production: `${at}/environment/Production` };
    }

    it("is asked of the DNS at three scopes and remembered", async () => {
        const { api } = platform();
        const { hostname, account, at, production } = await site();
        const domain = `/account/${account}/domain/${hostname}/verifyEngaged`;
        assert.deepEqual(await api.get(domain), { is_engaged: false, hostnames: { [hostname]: false } });
        assert.deepEqual(await api.get(`${production}/engaged`), { is_engaged: false });
        sharedNames.set(hostname, `${hostname}.c.section.io`);
        assert.deepEqual(await api.get(`${production}/engaged`), { is_engaged: false }, "not asked again");
        assert.deepEqual(await api.get(`${production}/verifyEngaged`), { is_engaged: true });
        assert.deepEqual(await api.get(`${production}/engaged`), { is_engaged: true });
        await api.must("POST", `${production}/domain/shop.${hostname}`);
        assert.deepEqual(await api.get(`${at}/verifyEngaged`), {
            is_engaged: true,
            hostnames: { [hostname]: true, [`shop.${hostname}`]: false },
        });
        const split = await api.must("POST", `${at}/split`, { pathPrefix: "/shop" });
        const shared = `/account/${account}/application/${split.id}`;
        assert.equal(
            (await api.get(`${shared}/verifyEngaged`)).hostnames[hostname],
            true,
            "a split application has the root's domains",
        );
        assert.deepEqual(await api.get(`${shared}/environment/Production/engaged`), { is_engaged: true });
        const [first] = (await api.get(production)).domains;
        assert.ok(Date.now() - Date.parse(first.engaged_checked_at) < 60_000);
    });

    it("is the last known one, with the reason, when the DNS gives no answer", async () => {
        const { api } = platform();
        const { hostname, account, at, production } = await site();
        sharedNames.set(hostname, `${hostname}.c.section.io`);
        await api.get(`${production}/verifyEngaged`);
        sharedNames.set(hostname, "SERVFAIL");
        const unanswered = { [hostname]: "the DNS servers failed (SERVFAIL)" };
        assert.deepEqual(await api.get(`${at}/verifyEngaged`), {
            is_engaged: true,
            hostnames: { [hostname]: true },
            unanswered,
        });
        assert.deepEqual(await api.get(`${production}/verifyEngaged`), { is_engaged: true, unanswered });
        assert.equal((await api.get(`/account/${account}/domain/${hostname}/verifyEngaged`)).is_engaged, true);
    });

    it("of many domains at once says which call to use", async () => {
        const { api } = platform();
        const { hostname, account, at, production } = await site();
        for (let index = 0; index < 10; index += 1)
            await api.must("POST", `${production}/domain/n${index}.${hostname}`);
        for (const scope of [at, production]) {
            const { status, json } = await api.call("GET", `${scope}/verifyEngaged`);
            assert.equal(status, 400);
            assert.match(
                json.message,
                /^11 domains cannot be verified at once\. Use the single-domain API instead: GET \/account\/ID\/domain\/HOST\/verifyEngaged/,
            );
        }
        assert.equal((await api.get(`/account/${account}/domain/${hostname}/verifyEngaged`)).is_engaged, false);
        assert.equal((await api.call("GET", `/account/${account}/domain/other.${hostname}/verifyEngaged`)).status, 404);
    });
});

describe("a platform of pure v1", () => {
    it("says of the DNS what v1 says and no more", async () => {
        const dns = await startDns(new Map([["www.acme.example", "SERVFAIL"]]));
        const platform = await startPlatform({ extensions: false, dnsServers: [dns.address] });
        try {
            const api = new Api(platform.url, platform.token);
            const { id, applications } = await api.must("POST", "/account/create", {
                name: "Acme",
                hostname: "www.acme.example",
                origin: "192.0.2.1",
            });
            const at = `/account/${id}/application/${applications[0].id}`;
            assert.deepEqual(await api.get(`${at}/verifyEngaged`), {
                is_engaged: false,
                hostnames: { "www.acme.example": false },
            });
            const [domain] = (await api.get(`${at}/environment/Production`)).domains;
            assert.deepEqual(domain, {
                name: "www.acme.example",
                zoneName: "acme.example",
                cname: "www.acme.example.c.section.io",
            });
            assert.equal(
                (
                    await api.call("POST", `${at}/environment/Production/domain/www.acme.example/move`, {
                        environment_name: "x",
                    })
                ).status,
                404,
            );
        } finally {
            await platform.close();
            dns.close();
        }
    });
});
