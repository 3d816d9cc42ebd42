import assert from "node:assert/strict";
import { liveOf, surveyEstate } from "../../../cli/estate/survey";
import { Client } from "../../../client/client";
import { issueChain } from "../../support/certificates";
import { startFaultProxy } from "../../support/fault-proxy";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const dayMs = 86_400_000;

describe("a survey of an estate", function () {
    this.timeout(60_000);

    it("tells of each site what there is, what it runs, when its certificate ends, and who changed it last", async () => {
        const session = await openTestSession();
        const { api, signUp } = session.platform;
        const hostname = `${fresh("survey")}.acme.example`;
        const { account, application } = await api.makeSite("Survey", hostname);
        const at = `/account/${account}/application/${application}`;
        const staging = `staging.${hostname}`;
        await api.must("POST", `${at}/environment/create`, {
            name: "Staging",
            source_environment_name: "Production",
            domain_name: staging,
        });
        await api.must("POST", `${at}/split`, { pathPrefix: "/shop/" });
        const email = `${fresh("gita")}@agency.example`;
        const gita = await signUp(email);
        await api.must("POST", `/account/${account}/user`, { email, accountCapability: "admin" });
        await gita.must("POST", `${at}/environment/Production/domain/b.${hostname}`);
        const chain = await issueChain([`b.${hostname}`]);
        const upload = {
            type: "custom",
            verify_only: false,
            public_certificates: chain.publicCertificates,
            private_key: chain.privateKey,
        };
        const { expires } = await api.must("POST", `/account/${account}/domain/b.${hostname}/https`, upload);
        await new Promise((resolve) => setTimeout(resolve, 3_000));
        await gita.must("POST", `${at}/environment/Staging/ipRestrictions`, { ip_blacklist: ["192.0.2.4"] });

        const compared = {
            declared: new Set([`${account}/${application}`]),
            drifted: [{ id: String(account), line: "renamed" }],
            failed: new Set<string>(),
        };
        const now = new Date(Date.parse(expires) - 12.5 * dayMs);
        const report = await surveyEstate(session, { organizations: [String(account)], compared, at: now });
        assert.deepEqual([report.endpoint, report.at, report.notKnown], [session.platform.url, now.toISOString(), []]);
        const [client = assert.fail()] = report.clients;
        assert.deepEqual([client.name, client.drift], ["Survey", { state: "drifted", found: ["renamed"] }]);
        const [site = assert.fail(), split] = client.sites;
        assert.deepEqual(
            [site.hostname, site.pathPrefix, site.live, site.certificateDaysLeft, site.drift.state],
            [hostname, "/", "no", 12, "as declared"],
        );
        assert.deepEqual([split?.pathPrefix, split?.live, split?.drift.state], ["/shop/", "no", "not declared"]);
        const [production = assert.fail(), other = assert.fail()] = site.environments;
        assert.deepEqual([production.name, other.name], ["Production", "Staging"]);
        assert.deepEqual(production.proxies, [{ name: "varnish", image: "varnish:6.3.1" }]);
        assert.deepEqual(
            production.domains.map((domain) => [
                domain.hostname,
                domain.live,
                domain.certificate?.configured,
                domain.certificate?.daysLeft,
            ]),
            [
                [hostname, false, false, undefined],
                [`b.${hostname}`, false, true, 12],
            ],
        );
        assert.deepEqual(
            [production.lastChange?.what, production.lastChange?.who],
            [`set the certificate of b.${hostname}`, "Olga Owner <olga@agency.example>"],
        );
        assert.match(production.lastChange?.request ?? "", /^\d{12}\.\d{6}$/);
        assert.match(other.lastChange?.who ?? "", new RegExp(email));
        assert.match(other.lastChange?.commit ?? "", /^[0-9a-f]{40}$/);
        assert.ok(site.lastChange && [production.lastChange?.at, other.lastChange?.at].includes(site.lastChange.at));
        assert.doesNotMatch(JSON.stringify(report), /PRIVATE KEY/);
        await assert.rejects(
            surveyEstate(session, { organizations: ["2147483647"] }),
            /there is no organization 2147483647 that this token can see/,
        );
    });

    it("leaves open what pure v1 does not tell, and says why", async () => {
        const session = await openTestSession({ extensions: false });
        const hostname = `${fresh("plain")}.acme.example`;
        const { id: account } = await session.platform.api.must("POST", "/account/create", {
            name: "Plain",
            hostname,
            origin: "192.0.2.1",
            stackName: "varnish-6.3-basic",
        });
        const report = await surveyEstate(session, { organizations: [String(account)] });
        const site = report.clients[0]?.sites[0] ?? assert.fail();
        assert.deepEqual(
            [site.hostname, site.live, site.drift.state, site.lastChange],
            [hostname, "no", "not asked", undefined],
        );
        assert.equal(site.environments[0]?.proxies?.[0]?.image, "varnish:6.3.1");
        assert.equal(site.environments[0]?.domains[0]?.certificate?.configured, false);
        assert.deepEqual(
            report.notKnown.map(({ what, because, of }) => [what, because.replace(/.*\((.*)\).*/, "$1"), of]),
            [
                ["drift", "nobody asked", []],
                ["last change except of content", "account.changes", [String(account)]],
                ["last change of content", "environment.head", [site.environments[0]?.id]],
            ],
        );
    });

    it("tells a reader what a reader may know, and the rest that it may not", async () => {
        const owner = await openTestSession();
        const { account } = await owner.platform.api.makeSite("Read", `${fresh("read")}.acme.example`);
        const email = `${fresh("reader")}@agency.example`;
        const { token } = await owner.platform.signUp(email, "read");
        await owner.platform.api.must("POST", `/account/${account}/user`, { email, accountCapability: "readonly" });
        const report = await surveyEstate(await openTestSession({ token }), { compared: "no stack" });
        assert.deepEqual(
            report.notKnown.map(({ what, because }) => `${what}: ${because}`),
            ["drift: no stack", "last change except of content: only admins of an organization may read its log"],
        );
        assert.equal(
            report.clients[0]?.sites[0]?.lastChange?.what,
            "initial section.config.json",
            "git tells everybody",
        );
    });

    it("asks once for each thing: the estate, a log per client, proxies and head per environment, a certificate per hostname", async () => {
        const session = await openTestSession();
        const clients = [];
        for (const name of ["One", "Two"])
            clients.push((await session.platform.api.makeSite(name, `${fresh("count")}.acme.example`)).account);
        const proxy = await startFaultProxy(session.platform.url);
        try {
            const client = new Client({ endpoint: proxy.url, token: session.platform.token });
            await surveyEstate({ ...session, client }, { organizations: clients.map(String) });
            const asked = proxy.seen.map(({ path }) => path);
            assert.equal(new Set(asked).size, asked.length, "something was asked twice");
            assert.equal(asked.length, 2 + 2 * (1 + 2 + 1), asked.join("\n"));
        } finally {
            await proxy.close();
        }
    });

    it("calls a site live by the hostnames of its Production", () => {
        const domains = (...live: (boolean | undefined)[]) => live.map((each) => ({ live: each }));
        assert.deepEqual(
            [
                domains(true, true),
                domains(true, false),
                domains(true, undefined),
                domains(false),
                domains(false, undefined),
                [],
            ].map(liveOf),
            ["yes", "partly", "partly", "no", "not known", "not known"],
        );
    });
});
