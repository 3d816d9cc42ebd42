import assert from "node:assert/strict";
import { fresh, onEveryPlatform, sharedNames } from "../../support/stores";

interface WireRecord {
    name: string;
    record_type: string;
    record_data: unknown[];
}

onEveryPlatform("hosted zones over HTTP", (platform) => {
    const servers = ["ns1.c.section.io", "ns2.c.section.io"];

    async function site() {
        const { api } = platform();
        const zone = `${fresh("zone")}.example`;
        const { account, application } = await api.makeSite("Acme", `www.${zone}`);
        const at = `/account/${account}/application/${application}/environment/Production`;
        const host = (body: object = { zoneName: zone }) => api.call("POST", `${at}/enableHostedDNS`, body);
        const zonePath = `/account/${account}/zone/${zone}`;
        const post = (recordName: string, recordType: string, recordData: unknown[], more: object = {}) =>
            api.call("POST", zonePath, { recordName, recordType, ttl: 300, recordData, ...more });
        const records = async () =>
            Object.fromEntries(
                (await api.get(zonePath)).records.map((each: WireRecord) => [
                    `${each.name} ${each.record_type}`,
                    each.record_data,
                ]),
            );
        return { api, zone, account, application, at, host, zonePath, post, records };
    }

    it("copy what the DNS has and lead the environment's domains to the platform", async () => {
        const { api, zone, account, application, host, zonePath, records } = await site();
        sharedNames.set(zone, {
            A: ["192.0.2.1"],
            NS: ["ns.old.example"],
            MX: [{ preference: 10, exchange: "mail.acme.example" }],
            TXT: ["v=spf1 -all"],
        });
        sharedNames.set(`www.${zone}`, { A: ["192.0.2.1"], AAAA: ["2001:db8::1"] });
        sharedNames.set(`mail.${zone}`, { A: ["192.0.2.2"], AAAA: ["2001:db8::2"] });
        sharedNames.set(`_dmarc.${zone}`, { TXT: ["v=DMARC1; p=none"] });
        const candidate = `/account/${account}/domain/www.${zone}/zone`;
        assert.deepEqual(await api.get(candidate), { zone_name: zone, status: "available" });
        const { status, json } = await host();
        assert.deepEqual([status, json], [200, { zone_name: zone, name_servers: servers }]);
        assert.deepEqual(await records(), {
            [`${zone} A`]: ["192.0.2.1"],
            [`${zone} MX`]: [{ preference: 10, exchange: "mail.acme.example" }],
            [`${zone} TXT`]: ["v=spf1 -all"],
            [`www.${zone} CNAME`]: [`www.${zone}.c.section.io`],
            [`mail.${zone} A`]: ["192.0.2.2"],
            [`mail.${zone} AAAA`]: ["2001:db8::2"],
            [`_dmarc.${zone} TXT`]: ["v=DMARC1; p=none"],
        });
        const detail = await api.get(zonePath);
        const { id } = await api.get(`/account/${account}/application/${application}/environment/Production`);
        assert.deepEqual(detail.environments, {
            [`www.${zone}`]: [
                {
                    environment_id: id,
                    environment_name: "Production",
                    application_id: application,
                    application_name: `www.${zone}`,
                },
            ],
        });
        assert.deepEqual(await api.get(`/account/${account}/zone`), [{ zone_name: zone, name_servers: servers }]);
        assert.deepEqual(await api.get(candidate), { zone_name: zone, status: "pending" });
        sharedNames.set(zone, { NS: servers });
        assert.deepEqual(await api.get(candidate), { zone_name: zone, status: "active" });
        assert.deepEqual((await host()).json, { zone_name: zone, name_servers: servers }, "again is no change");
        assert.equal((await api.get(zonePath)).records.length, 7);
    });

    it("add, change, convert and delete records, in any spelling of their names", async () => {
        const { api, zone, host, zonePath, post, records } = await site();
        await host();
        const detail = (await post("@", "TXT", ["hello"])).json;
        assert.deepEqual([detail.zone_name, detail.name_servers], [zone, servers]);
        assert.equal((await post("Shop", "a", ["192.0.2.1", "192.0.2.1"])).status, 200);
        assert.equal((await post(`shop.${zone}.`, "A", ["192.0.2.2"], { ttl: 3600 })).status, 200);
        assert.equal((await post("mx", "MX", ["10 mail.acme.example"])).status, 200);
        assert.deepEqual(
            (await api.get(zonePath)).records.find(({ name }: WireRecord) => name === `shop.${zone}`),
            { name: `shop.${zone}`, ttl: 3600, record_type: "A", record_data: ["192.0.2.2"] },
        );
        const converted = await post("shop", "CNAME", ["shop.other.example"], { originalRecordType: "A" });
        assert.equal(converted.status, 200, converted.text);
        assert.deepEqual((await records())[`shop.${zone} CNAME`], ["shop.other.example"]);
        assert.equal((await records())[`shop.${zone} A`], undefined);
        assert.equal((await api.call("DELETE", `${zonePath}/shop/cname`)).status, 200);
        assert.equal((await api.call("DELETE", `${zonePath}/shop.${zone}/CNAME`)).status, 400);
        assert.equal((await api.call("DELETE", `${zonePath}/@/TXT`)).status, 200);
        assert.deepEqual(Object.keys(await records()), [`mx.${zone} MX`, `www.${zone} CNAME`]);
    });

    it("refuse records that cannot stand there, each with the reason", async () => {
        const { api, zone, host, zonePath, post } = await site();
        await host();
        await post("shop", "A", ["192.0.2.1"]);
        const refusal = async (...request: Parameters<typeof post>) => {
            const { status, json } = await post(...request);
            return `${status} ${json.message}`;
        };
        assert.match(await refusal("@", "CNAME", ["a.example"]), /^400 a CNAME cannot stand at .*Use an ALIAS there/);
        assert.match(await refusal("@", "NS", ["ns.example"]), /^400 the name servers of .* are the platform's/);
        assert.match(await refusal("shop", "CNAME", ["a.example"]), /^400 a CNAME stands alone, and shop\.\S+ has A/);
        assert.match(await refusal("www", "TXT", ["x"]), /^400 www\.\S+ has a CNAME, which stands alone/);
        assert.match(
            await refusal("shop", "ALIAS", ["a.example"]),
            /^400 shop\.\S+ has A, which .*Send originalRecordType A to convert it/,
        );
        assert.match(
            await refusal("shop", "TXT", ["x"], { originalRecordType: "A" }),
            /^400 A cannot be converted into TXT/,
        );
        assert.match(
            await refusal("shop", "A", ["192.0.2.1"], { originalRecordType: "ALIAS" }),
            /^400 .* has no ALIAS record to convert/,
        );
        assert.match(await refusal("shop", "SOA", ["x"]), /^400 recordType must be one of/);
        assert.match(await refusal("shop", "A", ["x"]), /^400 recordData\[0\] must be an IPv4 address/);
        assert.match(await refusal("shop", "A", []), /^400 recordData is empty/);
        assert.match(await refusal("a b", "A", ["192.0.2.1"]), /^400 recordName has the label "a b"/);
        assert.match(await refusal("x.other.example.", "A", ["192.0.2.1"]), /^400 recordName is not in zone/);
        assert.match(await refusal("shop", "A", ["192.0.2.1"], { ttl: 1 }), /^400 ttl must be at least 60 seconds/);
        assert.match((await api.call("DELETE", `${zonePath}/shop/SOA`)).json.message, /^recordType must be one of/);
        assert.equal((await api.call("POST", zonePath, {})).status, 400);
        assert.equal((await api.call("GET", zonePath.replace(zone, "co.uk"))).status, 400);
        assert.equal((await api.call("GET", zonePath.replace(zone, `other.${zone}`))).status, 400);
    });

    it("keep the record of a site, which may be pointed elsewhere and back but not deleted", async () => {
        const { api, zone, host, zonePath, post, records } = await site();
        await host();
        const refused = await api.call("DELETE", `${zonePath}/www/CNAME`);
        assert.deepEqual([refused.status, refused.json.code], [400, "record-of-site"]);
        assert.match(refused.json.message, /belongs to environment Production of application/);
        assert.equal((await post("www", "AAAA", ["2001:db8::1"])).status, 400);
        assert.equal((await post("www", "A", ["192.0.2.1"], { originalRecordType: "CNAME" })).status, 200);
        assert.match((await post("www", "AAAA", ["2001:db8::1"])).json.message, /IPv4 only/);
        assert.equal((await api.call("DELETE", `${zonePath}/www/A`)).json.code, "record-of-site");
        await host();
        assert.deepEqual(
            await records(),
            { [`www.${zone} CNAME`]: [`www.${zone}.c.section.io`] },
            "asked for again, it leads to the platform",
        );
    });

    it("follow the domains: what is attached gets its record, what goes loses it, what leads elsewhere stays", async () => {
        const { api, zone, account, application, at, host, zonePath, post, records } = await site();
        await host();
        await post("@", "MX", ["10 mail.acme.example"]);
        await post("old", "A", ["192.0.2.7"]);
        for (const name of [`shop.${zone}`, zone, `old.${zone}`]) await api.must("POST", `${at}/domain/${name}`);
        const all = await records();
        assert.deepEqual(all[`shop.${zone} CNAME`], [`shop.${zone}.c.section.io`]);
        assert.deepEqual(all[`${zone} ALIAS`], [`${zone}.c.section.io`], "at the apex, beside MX");
        assert.deepEqual(all[`old.${zone} A`], ["192.0.2.7"], "nothing goes live by being prepared");
        assert.equal((await api.call("DELETE", `${zonePath}/old/A`)).json.code, "record-of-site");
        for (const name of [`shop.${zone}`, zone, `old.${zone}`]) await api.must("DELETE", `${at}/domain/${name}`);
        assert.deepEqual(
            Object.keys(await records()).sort(),
            [`${zone} MX`, `old.${zone} A`, `www.${zone} CNAME`].sort(),
        );
        await api.must("POST", `${at.replace("/Production", "/create")}`, {
            name: "Staging",
            source_environment_name: "Production",
            domain_name: `staging.${zone}`,
        });
        assert.ok((await records())[`staging.${zone} CNAME`]);
        assert.equal((await api.call("DELETE", at.replace("Production", "Staging"))).status, 204);
        assert.equal((await records())[`staging.${zone} CNAME`], undefined);
        await api.must("POST", `/account/${account}/application/${application}/clone`, { hostname: `clone.${zone}` });
        await api.must("POST", `/account/${account}/application/create`, {
            hostname: `new.${zone}`,
            origin: "192.0.2.1",
        });
        assert.ok((await records())[`clone.${zone} CNAME`]);
        assert.ok((await records())[`new.${zone} CNAME`]);
        for (const { id } of await api.get(`/account/${account}/application`))
            await api.call("DELETE", `/account/${account}/application/${id}`);
        assert.deepEqual(Object.keys(await records()).sort(), [`${zone} MX`, `old.${zone} A`].sort());
        assert.deepEqual((await api.get(zonePath)).environments, {});
    });

    it("show every application that serves a name", async () => {
        const { api, zone, account, application, host, zonePath } = await site();
        const split = await api.must("POST", `/account/${account}/application/${application}/split`, {
            pathPrefix: "/shop",
        });
        await host();
        const served = (await api.get(zonePath)).environments[`www.${zone}`];
        assert.deepEqual(
            served.map(({ application_id, application_name }: Record<string, unknown>) => [
                application_id,
                application_name,
            ]),
            [
                [application, `www.${zone}`],
                [split.id, `www.${zone}/shop/`],
            ],
        );
    });

    it("leave alone what was not asked for: another environment's site stays where it is", async () => {
        const { api, zone, at, host, records } = await site();
        await api.must("POST", `${at.replace("/Production", "/create")}`, {
            name: "Staging",
            source_environment_name: "Production",
            domain_name: `staging.${zone}`,
        });
        await api.must("POST", `${at}/domain/shop.${zone}`);
        sharedNames
            .set(zone, { A: ["192.0.2.1"] })
            .set(`www.${zone}`, { A: ["192.0.2.1"] })
            .set(`shop.${zone}`, `www.${zone}`)
            .set(`staging.${zone}`, "SERVFAIL");
        const { json } = await host({ zoneName: zone, hostname: `shop.${zone}` });
        const all = await records();
        assert.deepEqual(all[`shop.${zone} CNAME`], [`shop.${zone}.c.section.io`]);
        assert.deepEqual(all[`www.${zone} A`], ["192.0.2.1"]);
        assert.equal(all[`staging.${zone} CNAME`], undefined, "where it is nobody knows, so it is not touched");
        assert.deepEqual(json.missed, [
            { name: `staging.${zone}`, record_type: "CNAME", reason: "the DNS servers failed (SERVFAIL)" },
        ]);
    });

    it("copy a wildcard as one record", async () => {
        const { zone, host, records } = await site();
        sharedNames.set(zone, { A: ["192.0.2.1"] });
        for (const label of ["*", "blog", "api", "mail"]) sharedNames.set(`${label}.${zone}`, { A: ["192.0.2.3"] });
        sharedNames.set(`mail.${zone}`, { A: ["192.0.2.4"] });
        await host();
        assert.deepEqual(
            Object.keys(await records()).sort(),
            [`*.${zone} A`, `${zone} A`, `mail.${zone} A`, `www.${zone} CNAME`].sort(),
        );
    });

    it("belong to one account, and whose they are nobody else learns", async () => {
        const mine = await site();
        await mine.host();
        const stranger = await platform().signUp(`${fresh("stranger")}@elsewhere.example`);
        const { account, application } = await stranger.makeSite("Elsewhere", `theirs.${mine.zone}`);
        const enable = (zoneName: string) =>
            stranger.call(
                "POST",
                `/account/${account}/application/${application}/environment/Production/enableHostedDNS`,
                { zoneName },
            );
        for (const zone of [mine.zone, `theirs.${mine.zone}`]) {
            const { status, json } = await enable(zone);
            assert.deepEqual([status, json.code], [400, "zone-elsewhere"]);
            assert.equal(
                json.message,
                `zone ${zone} cannot be hosted for account ${account}. Choose another zone, or ask support when you own it.`,
            );
        }
        assert.deepEqual(await stranger.get(`/account/${account}/domain/theirs.${mine.zone}/zone`), {
            zone_name: mine.zone,
            status: "unavailable",
        });
        assert.equal((await stranger.call("GET", `/account/${account}/zone/${mine.zone}`)).status, 400);
        assert.equal((await stranger.call("DELETE", `/account/${account}/zone/${mine.zone}`)).status, 404);
        assert.deepEqual(await stranger.get(`/account/${account}/zone`), []);
        assert.equal((await mine.api.call("DELETE", mine.zonePath)).status, 204);
        assert.equal((await enable(mine.zone)).status, 200, "it is free again");
    });

    it("are for an environment that has a domain in them", async () => {
        const { zone, host } = await site();
        const refusal = async (body: object) => {
            const { status, json } = await host(body);
            return `${status} ${json.message}`;
        };
        assert.match(await refusal({ zoneName: "other.example" }), /^400 .* has no domain in zone other\.example/);
        assert.match(
            await refusal({ zoneName: zone, hostname: `shop.${zone}` }),
            /^400 .* has no domain shop\.\S+ in zone/,
        );
        assert.match(await refusal({ zoneName: "co.uk" }), /^400 zoneName .* public suffix/);
        assert.match(await refusal({}), /^400 zoneName /);
    });

    it("ten of one zone at once host it once", async () => {
        const { api, account, host } = await site();
        const answers = await Promise.all(Array.from({ length: 10 }, () => host()));
        assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
        assert.equal((await api.get(`/account/${account}/zone`)).length, 1);
    });

    it("two accounts that host zones above each other at once: one does", async () => {
        const stranger = await platform().signUp(`${fresh("stranger")}@elsewhere.example`);
        let won = 0;
        for (let round = 0; round < 5; round += 1) {
            const mine = await site();
            const sub = `sub.${mine.zone}`;
            const { account, application } = await stranger.makeSite("Elsewhere", `www.${sub}`);
            const theirs = `/account/${account}/application/${application}/environment/Production/enableHostedDNS`;
            const answers = await Promise.all([mine.host(), stranger.call("POST", theirs, { zoneName: sub })]);
            won += answers.filter(({ status }) => status === 200).length;
            for (const { status, json } of answers)
                assert.ok(status === 200 || json.code === "zone-elsewhere", json.message);
        }
        assert.equal(won, 5);
    });

    it("twenty conversions at once leave one record", async () => {
        const { host, post, records, zone } = await site();
        await host();
        await post("shop", "A", ["192.0.2.1"]);
        const kinds = ["A", "ALIAS", "CNAME"];
        const answers = await Promise.all(
            Array.from({ length: 20 }, (_, index) => {
                const to = kinds[index % 3] as string;
                return post("shop", to, [to === "A" ? "192.0.2.2" : "a.example"], {
                    originalRecordType: kinds[(index + 1) % 3],
                });
            }),
        );
        assert.ok(answers.every(({ status }) => status === 200 || status === 400));
        assert.equal(Object.keys(await records()).filter((key) => key.startsWith(`shop.${zone}`)).length, 1);
    });
});
