import assert from "node:assert/strict";
import { fresh, onEveryPlatform, sharedNames } from "../../support/stores";

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
        assert.deepEqual(names(await api.must("POST", `${root}/Production/domain/${shop.toUpperCase()}`)), [
            hostname,
            shop,
        ]);
        assert.deepEqual(names(await api.must("POST", `${root}/Production/domain/${shop}`)), [hostname, shop]);
        assert.deepEqual(names(await api.must("DELETE", `${root}/Production/domain/${shop}`)), [hostname]);
        assert.equal((await api.call("DELETE", `${root}/Production/domain/${shop}`)).status, 400);
    });

    it("are shown alone where the request asks for that", async () => {
        const { api } = platform();
        const { hostname, root } = await site();
        const shop = `${root}/Production/domain/shop.${hostname}?domain=alone`;
        assert.deepEqual(names(await api.must("POST", shop)), [`shop.${hostname}`]);
        assert.deepEqual(names(await api.must("DELETE", shop)), []);
        assert.equal((await api.call("POST", shop.replace("alone", "some"))).status, 400);
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
            [
                400,
                `${mine.hostname} is in use on this platform. Remove it from where it is attached first, or ask support when you own it.`,
            ],
        );
    });

    it("refuse wildcards, what is no name, and the platform's own, each with the reason", async () => {
        const { api } = platform();
        const { hostname, root } = await site();
        const refusal = async (name: string) => {
            const { status, json } = await api.call("POST", `${root}/Production/domain/${encodeURIComponent(name)}`);
            return `${status} ${json.message}`;
        };
        assert.match(
            await refusal(`*.${hostname}`),
            /^400 hostName .* must not have a wildcard; declare each hostname, or contact support for a wildcard/,
        );
        assert.match(await refusal("co.uk"), /^400 .*public suffix/);
        assert.match(await refusal("192.0.2.1"), /^400 .*IP address/);
        assert.match(await refusal("https://www.acme.example/"), /^400 .*scheme/);
        assert.match(await refusal(`x.${hostname}.c.section.io`), /^400 .*the platform's own/);
        const { domains } = await api.must(
            "POST",
            `${root}/Production/domain/${encodeURIComponent(`Bücher.${hostname}.`)}`,
        );
        assert.deepEqual(domains[1], {
            name: `xn--bcher-kva.${hostname}`,
            zoneName: "acme.example",
            cname: `xn--bcher-kva.${hostname}.c.section.io`,
            engaged: false,
            engaged_checked_at: null,
        });
    });

    it("move to another environment without a gap", async () => {
        const { api } = platform();
        const { hostname, root } = await site();
        await api.must("POST", `${root}/create`, {
            name: "Staging",
            source_environment_name: "Production",
            domain_name: `staging.${hostname}`,
        });
        const shop = `${root}/Production/domain/shop.${hostname}`;
        await api.must("POST", shop);
        assert.equal((await api.call("POST", `${root}/Staging/domain/shop.${hostname}`)).json.code, "domain-elsewhere");
        const moved = await api.must("POST", `${shop}/move`, { environment_name: "Staging" });
        assert.deepEqual(
            [moved.environment_name, names(moved)],
            ["Staging", [`staging.${hostname}`, `shop.${hostname}`]],
        );
        assert.equal((await api.call("POST", `${shop}/move`, { environment_name: "Staging" })).status, 404);
        assert.equal(
            (await api.call("POST", `${root}/Production/domain/${hostname}/move`, { environment_name: "Staging" })).json
                .code,
            "domain-names-application",
        );
    });

    it("twenty of one hostname at once, from two accounts, give it to one", async () => {
        const { api, signUp } = platform();
        const mine = await site();
        const stranger = await signUp(`${fresh("stranger")}@elsewhere.example`);
        const { account, application } = await stranger.makeSite("Elsewhere", `${fresh("else")}.example.net`);
        const hostname = `${fresh("raced")}.acme.example`;
        const paths = [
            `${mine.root}/Production`,
            `/account/${account}/application/${application}/environment/Production`,
        ];
        const answers = await Promise.all(
            Array.from({ length: 20 }, (_, index) =>
                (index % 2 === 0 ? api : stranger).call("POST", `${paths[index % 2]}/domain/${hostname}`),
            ),
        );
        const winners = [0, 1].map(
            (side) => answers.filter(({ status }, index) => index % 2 === side && status === 200).length,
        );
        assert.deepEqual(
            winners.sort(),
            [0, 10],
            "all of one side, for attaching again is fine, and none of the other",
        );
        assert.deepEqual([...new Set(answers.map(({ status }) => status))].sort(), [200, 400]);
    });

    it("of an account are listed, all or by their state", async () => {
        const { api } = platform();
        const { hostname, account, root } = await site();
        await api.must("POST", `${root}/Production/domain/shop.${hostname}`);
        sharedNames.set(hostname, `${hostname}.c.section.io`);
        await api.get(`/account/${account}/domain/${hostname}/verifyEngaged`);
        const list = async (query: string) => api.get(`/account/${account}/domains${query}`);
        const [live, shop] = [
            { domain_name: hostname, engaged: true },
            { domain_name: `shop.${hostname}`, engaged: false },
        ];
        assert.deepEqual(await list(""), [live, shop]);
        assert.deepEqual(await list("?engaged=true"), [live]);
        assert.deepEqual(await list("?engaged=false"), [shop]);
        assert.equal((await api.call("GET", `/account/${account}/domains?engaged=maybe`)).status, 400);
    });
});
