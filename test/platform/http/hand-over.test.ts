import assert from "node:assert/strict";
import type { Api } from "../../support/api";
import { issueChain } from "../../support/certificates";
import { makeClaim } from "../../support/claims";
import { startPlatform } from "../../support/platform";
import { fresh, onEveryPlatform, sharedNames } from "../../support/stores";
import { visitorWith } from "../../support/visitor";

interface Site {
    account: number;
    application: number;
    hostname: string;
    /** The path of the application. */
    at: string;
}

const placeOf = ({ account, application }: Site, environment = "Production") => ({
    account_id: account,
    application_id: application,
    environment_name: environment,
});

onEveryPlatform("hostnames that are handed over", (platform) => {
    async function makeSite(api: Api): Promise<Site> {
        const hostname = `${fresh("hand")}.acme.example`;
        const { account, application } = await api.makeSite("Acme", hostname);
        return { account, application, hostname, at: `/account/${account}/application/${application}` };
    }

    async function namesOf(api: Api, site: Site, environment = "Production"): Promise<string[]> {
        const { domains } = await api.get(`${site.at}/environment/${environment}`);
        return domains.map(({ name }: { name: string }) => name);
    }

    async function attach(api: Api, site: Site, hostname: string, from?: object, environment = "Production") {
        const path = `${site.at}/environment/${environment}/domain/${hostname}`;
        return api.call("POST", path, { takes_from: from });
    }

    const stagingOf = ({ hostname }: Site) => ({
        name: "Staging",
        source_environment_name: "Production",
        domain_name: `staging.${hostname}`,
    });

    it("come from another account at once, as live as they are, with their certificate", async () => {
        const { api } = platform();
        const [one, other] = [await makeSite(api), await makeSite(api)];
        const shop = `shop.${one.hostname}`;
        sharedNames.set(shop, `${shop}.c.section.io`);
        const { publicCertificates, privateKey } = await issueChain([shop]);
        await api.must("POST", `${one.at}/environment/Production/domain/${shop}`, {
            public_certificates: publicCertificates,
            private_key: privateKey,
        });
        await api.get(`/account/${one.account}/domain/${shop}/verifyEngaged`);
        const before = await api.get(`/account/${one.account}/domain/${shop}/https`);
        const [, domain] = (await api.get(`${one.at}/environment/Production`)).domains;
        assert.equal(domain.engaged, true);

        const { status, json } = await attach(api, other, shop, placeOf(one));
        assert.equal(status, 200);
        assert.deepEqual(json.domains[1], domain);
        assert.deepEqual(await api.get(`/account/${other.account}/domain/${shop}/https`), before);
        assert.equal((await api.call("GET", `/account/${one.account}/domain/${shop}/https`)).status, 404);
        assert.deepEqual(await namesOf(api, one), [one.hostname]);
        assert.equal((await attach(api, other, shop, placeOf(one))).status, 200, "after a lost reply");

        const newest = async ({ account }: Site) => {
            const [{ what, thing, from, to }] = await api.get(`/account/${account}/changes?limit=1`);
            return [what, thing, from, to];
        };
        const thing = { application_id: one.application, hostname: shop };
        assert.deepEqual(await newest(one), ["domain.move", thing, "Production", "another organization"]);
        assert.deepEqual(await newest(other), [
            "domain.move",
            { ...thing, application_id: other.application },
            "another organization",
            "Production",
        ]);
    });

    it("name a new environment, application or account, also the one that named an application", async () => {
        const { api } = platform();
        const site = await makeSite(api);
        const shop = `shop.${site.hostname}`;
        await api.must("POST", `${site.at}/environment/Production/domain/${shop}`);
        const staging = { ...stagingOf(site), domain_name: shop, takes_from: placeOf(site) };
        assert.equal((await api.must("POST", `${site.at}/environment/create`, staging)).domains[0].name, shop);

        const create = `/account/${site.account}/application/create`;
        const origin = "192.0.2.1";
        const takesShop = { hostname: shop, origin, takes_from: placeOf(site, "Staging") };
        const { id } = await api.must("POST", create, takesShop);
        assert.deepEqual(await namesOf(api, site, "Staging"), []);
        const shopSite = { ...site, application: id, at: `/account/${site.account}/application/${id}` };
        assert.deepEqual(await namesOf(api, shopSite), [shop]);
        const lines = await api.get(`/account/${site.account}/changes?limit=3`);
        assert.deepEqual(
            lines.map(({ what, thing, from, to }: Record<string, unknown>) => [what, thing, from, to]),
            [
                ["application.create", { application_id: id }, null, shop],
                [
                    "domain.move",
                    { application_id: site.application, hostname: shop },
                    "Staging",
                    `Production of application ${id}`,
                ],
                [
                    "domain.move",
                    { application_id: id, hostname: shop },
                    `Staging of application ${site.application}`,
                    "Production",
                ],
            ],
        );

        const body = { name: "Next", hostname: site.hostname, origin, takes_from: placeOf(site) };
        const next = await api.must("POST", "/account/create", body);
        const nextSite = { ...site, account: next.id, application: next.applications[0].id };
        nextSite.at = `/account/${nextSite.account}/application/${nextSite.application}`;
        assert.deepEqual(await namesOf(api, nextSite), [site.hostname]);
        assert.deepEqual(await namesOf(api, site), []);

        const named = await api.get(site.at);
        assert.equal(named.application_name, site.hostname, "its name is a name only");
        const visitor = await visitorWith(platform().url, platform().token);
        const page = await visitor.get(site.at);
        assert.equal(page.status, 200);
        assert.match(page.text, /No hostnames/);
        assert.equal((await visitor.get(`/account/${site.account}`)).status, 200);
        const gone = await api.call("DELETE", `${site.at}/environment/Production/domain/${site.hostname}`);
        assert.deepEqual([gone.status, gone.json.code], [400, "domain-not-attached"]);
        const split = await api.must("POST", `${site.at}/split`, { pathPrefix: "/shop" });
        await api.must("DELETE", `/account/${site.account}/application/${split.id}`);
        const clone = await api.must("POST", `${site.at}/clone`, { hostname: `clone.${site.hostname}` });
        assert.equal(clone.application_name, `clone.${site.hostname}`);
        await api.must("DELETE", site.at);
        assert.deepEqual(await namesOf(api, nextSite), [site.hostname], "it goes without it");
    });

    it("have the claim of the request that takes them, or none, and tell whose they are if that is asked", async () => {
        const { api } = platform();
        const site = await makeSite(api);
        await api.must("POST", `${site.at}/environment/create`, stagingOf(site));
        const shop = `shop.${site.hostname}`;
        const at = (environment: string) => `${site.at}/environment/${environment}/domain/${shop}`;
        const [first, second] = [makeClaim("first"), makeClaim("second", "staging")];
        const domainOf = async (path: string) => {
            const { domains } = await api.get(path);
            return domains.find(({ name }: { name: string }) => name === shop);
        };
        await api.must("POST", at("Production"), { claim: first });

        const origin = "192.0.2.1";
        const takers: [path: string, body: object][] = [
            [at("Staging"), { claim: second }],
            [`${site.at}/environment/create`, { ...stagingOf(site), name: "Next", domain_name: shop }],
            [`/account/${site.account}/application/create`, { hostname: shop, origin, claim: second }],
            ["/account/create", { name: "Next", hostname: shop, origin }],
        ];
        for (const [path, body] of takers)
            for (const claim of ["none", second.id]) {
                const { status, json } = await api.call("POST", path, {
                    ...body,
                    takes_from: { ...placeOf(site), claim },
                });
                assert.deepEqual([status, json.code], [409, "claim-held"], path);
                assert.match(json.message, new RegExp(`^${shop} is held by agency/prod first\\. `));
            }
        assert.equal((await domainOf(`${site.at}/environment/Production`)).claim.id, first.id);
        const short = await attach(api, site, shop, { ...placeOf(site), claim: "short" }, "Staging");
        assert.equal(short.status, 400);

        const expecting = { claim: second, takes_from: { ...placeOf(site), claim: first.id } };
        await api.must("POST", at("Staging"), expecting);
        assert.equal((await domainOf(`${site.at}/environment/Staging`)).claim.id, second.id);
        await api.must("POST", at("Staging"), expecting); // after a lost reply
        await api.must("POST", at("Production"), { takes_from: placeOf(site, "Staging") });
        assert.equal((await domainOf(`${site.at}/environment/Production`)).claim, undefined);
        await api.must("POST", `${at("Production")}/move`, { environment_name: "Staging", claim: first });
        await api.must("POST", `${at("Staging")}/move`, { environment_name: "Production" });
        assert.equal((await domainOf(`${site.at}/environment/Production`)).claim.id, first.id);

        const applications = `/account/${site.account}/application`;
        const body = { hostname: shop, origin, claim: second, takes_from: placeOf(site) };
        const { id, claim } = await api.must("POST", `${applications}/create`, body);
        assert.equal(claim.id, second.id);
        const taken = await domainOf(`${applications}/${id}/environment/Production`);
        assert.equal(taken.claim, undefined, "as that of every new application");
    });

    it("are not taken from anywhere but the named place: the answer is that without the field", async () => {
        const { api, signUp } = platform();
        const [one, other] = [await makeSite(api), await makeSite(api)];
        await api.must("POST", `${one.at}/environment/create`, stagingOf(one));
        const readerEmail = `${fresh("reader")}@elsewhere.example`;
        const reader = await signUp(readerEmail);
        const invitation = { email: readerEmail, accountCapability: "state" };
        await api.must("POST", `/account/${one.account}/user`, invitation);
        const stranger = await signUp(`${fresh("stranger")}@elsewhere.example`);
        const nowhere = { account_id: 888_888, application_id: 888_888, environment_name: "Production" };
        const cases: [who: string, api: Api, own: Site, places: object[]][] = [
            ["the owner", api, other, [placeOf(one, "Staging"), placeOf(other), placeOf(one, "production"), nowhere]],
            ["a member who is no admin", reader, await makeSite(reader), [placeOf(one), nowhere]],
            ["an outsider", stranger, await makeSite(stranger), [placeOf(one), placeOf(one, "Staging"), nowhere]],
        ];
        for (const [who, asking, own, places] of cases) {
            const requests: [path: string, body: object][] = [
                [`${own.at}/environment/Production/domain/${one.hostname}`, {}],
                [`${own.at}/environment/create`, { ...stagingOf(own), domain_name: one.hostname }],
                [`/account/${own.account}/application/create`, { hostname: one.hostname, origin: "192.0.2.1" }],
                ["/account/create", { name: "Next", hostname: one.hostname, origin: "192.0.2.1" }],
            ];
            for (const [path, body] of requests) {
                const plain = await asking.call("POST", path, body);
                assert.ok([400, 403].includes(plain.status), plain.text);
                for (const takes_from of places) {
                    const { status, text } = await asking.call("POST", path, { ...body, takes_from });
                    assert.deepEqual([status, text], [plain.status, plain.text], `${who}: ${path}`);
                }
            }
        }
        assert.deepEqual(await namesOf(api, one), [one.hostname]);
        const malformed = await attach(api, other, one.hostname, { account_id: "one" });
        assert.equal(malformed.status, 400);
    });

    it("leave their records where they are, and get one where they go to", async () => {
        const { api } = platform();
        const zone = `${fresh("hand")}.example`;
        const [host, guest] = [await makeSite(api), await makeSite(api)];
        const www = `www.${zone}`;
        for (const name of [zone, www, `guest.${zone}`]) sharedNames.set(name, { A: [] });
        await attach(api, host, www);
        await attach(api, guest, `guest.${zone}`);
        await api.must("POST", `${host.at}/environment/Production/enableHostedDNS`, { zoneName: zone });
        const leadsOf = async () => {
            const { records } = await api.get(`/account/${host.account}/zone/${zone}`);
            return records
                .filter(({ record_type }: { record_type: string }) => record_type === "CNAME")
                .map(({ name, record_data: [data] }: { name: string; record_data: string[] }) => `${name} ${data}`);
        };
        const lead = (name: string) => `${name} ${name}.c.section.io`;
        assert.deepEqual(await leadsOf(), [lead(www)]);
        assert.equal((await attach(api, guest, www, placeOf(host))).status, 200);
        assert.deepEqual(await leadsOf(), [lead(www)], "visitors still get there");
        assert.equal((await attach(api, host, `guest.${zone}`, placeOf(guest))).status, 200);
        assert.deepEqual(await leadsOf(), [lead(`guest.${zone}`), lead(www)]);
    });

    it("are swapped from both sides at once: everybody gets theirs, nobody waits for ever", async function () {
        this.timeout(120_000);
        const { api } = platform();
        const [one, other] = [await makeSite(api), await makeSite(api)];
        const pairs = Array.from({ length: 12 }, (_, index) => [`a${index}`, `b${index}`]);
        const full = (label = "") => `${label}.${one.hostname}`;
        for (const [left, right] of pairs) {
            await attach(api, one, full(left));
            await attach(api, other, full(right));
        }
        const swap = async ([left, right]: string[], from: Site, to: Site) => {
            const answers = await Promise.all([
                attach(api, to, full(left), placeOf(from)),
                attach(api, from, full(right), placeOf(to)),
            ]);
            return answers.map(({ status, text }) => (status === 200 ? "moved" : text));
        };
        for (const [from, to] of [
            [one, other],
            [other, one],
        ] as const) {
            const outcomes = (await Promise.all(pairs.map((pair) => swap(pair, from, to)))).flat();
            assert.deepEqual([...new Set(outcomes)], ["moved"]);
            const lefts = pairs.map(([left]) => full(left));
            const rights = pairs.map(([, right]) => full(right));
            assert.deepEqual((await namesOf(api, to)).sort(), [to.hostname, ...lefts].sort());
            assert.deepEqual((await namesOf(api, from)).sort(), [from.hostname, ...rights].sort());
        }
    });
});

describe("a platform of pure v1", () => {
    it("takes no hostname from anywhere", async () => {
        const { api, close } = await startPlatform({ extensions: false });
        try {
            const application = { hostname: "www.acme.example", origin: "192.0.2.1" };
            const { id, applications } = await api.must("POST", "/account/create", { name: "Acme", ...application });
            const from = { account_id: id, application_id: applications[0].id, environment_name: "Production" };
            const create = `/account/${id}/application/create`;
            const asked = await api.call("POST", create, { ...application, takes_from: from });
            assert.equal(asked.status, 400);
            assert.match(asked.json.message, /^takes_from is not a known property/);
            const attach = `/account/${id}/application/${applications[0].id}/environment/Production/domain`;
            const malformed = { takes_from: { account_id: "any" } };
            await api.must("POST", `${attach}/www.acme.example`, malformed); // v1 reads this body loosely
        } finally {
            await close();
        }
    });
});
