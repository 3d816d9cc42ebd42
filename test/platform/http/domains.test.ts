import assert from "node:assert/strict";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("domains over HTTP", (platform) => {
    async function site() {
        const hostname = `${fresh("dom")}.acme.example`;
        const { account, application } = await platform().api.makeSite("Acme", hostname);
        return { hostname, account, root: `/account/${account}/application/${application}/environment` };
    }
    const names = (summary: { domains: { name: string }[] }) => summary.domains.map(({ name }) => name);

    it("are attached in one spelling, again without harm, and detached", async () => {
        const { api } = platform();
        const { hostname, root } = await site();
        const shop = `shop.${hostname}`;
        assert.deepEqual(names(await api.must("POST", `${root}/Production/domain/${shop.toUpperCase()}`)), [hostname, shop]);
        assert.deepEqual(names(await api.must("POST", `${root}/Production/domain/${shop}`)), [hostname, shop]);
        assert.deepEqual(names(await api.must("DELETE", `${root}/Production/domain/${shop}`)), [hostname]);
        assert.equal((await api.call("DELETE", `${root}/Production/domain/${shop}`)).status, 404);
    });

    it("the application's own hostname stays", async () => {
        const { hostname, root } = await site();
        const { status, json } = await platform().api.call("DELETE", `${root}/Production/domain/${hostname}`);
        assert.deepEqual([status, json.code], [400, "domain-names-application"]);
    });

    it("one of another environment is named to its own people and to nobody else", async () => {
        const { api, signUp } = platform();
        const mine = await site();
        const other = await site();
        const own = await api.call("POST", `${mine.root}/Production/domain/${other.hostname}`);
        assert.equal(own.status, 400);
        const stranger = await signUp(`${fresh("stranger")}@elsewhere.example`);
        const theirs = await stranger.makeSite("Elsewhere", `${fresh("else")}.example.net`);
        const { status, json } = await stranger.call(
            "POST",
            `/account/${theirs.account}/application/${theirs.application}/environment/Production/domain/${mine.hostname}`,
        );
        assert.deepEqual(
            [status, json.message],
            [400, `${mine.hostname} is in use on this platform. Remove it from where it is attached first, or ask support when you own it.`],
        );
    });

    it("are live only when the DNS says so", async () => {
        const { api } = platform();
        const { hostname, account, root } = await site();
        assert.deepEqual(await api.get(`/account/${account}/domain/${hostname}/verifyEngaged`), { is_engaged: false, hostnames: { [hostname]: false } });
        assert.deepEqual(await api.get(`${root}/Production/verifyEngaged`), { is_engaged: false });
        assert.deepEqual(await api.get(`${root}/Production/engaged`), { is_engaged: false });
    });

    it("too many to verify at once say which call to use", async () => {
        const { api } = platform();
        const { hostname, root } = await site();
        for (let index = 0; index < 10; index += 1) await api.must("POST", `${root}/Production/domain/n${index}.${hostname}`);
        const { status, json } = await api.call("GET", `${root}/Production/verifyEngaged`);
        assert.equal(status, 400);
        assert.match(json.message, /11 domains cannot be verified at once\. Use the single-domain API instead/);
    });
});
