import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { takeDomainSheet } from "../../../cli/golive/domain-sheet";
import { type GoLiveSheet, takeSheet } from "../../../cli/golive/golive-sheet";
import { sheetDocument } from "../../../cli/golive/report";
import { sheetCsv } from "../../../cli/golive/sheet-csv";
import { sayOld, wordsOf } from "../../../cli/golive/sheet-words";
import { documentMarkdown } from "../../../cli/report/document-markdown";
import { documentPage } from "../../../cli/report/document-page";
import { chooseClientOrSite } from "../../../cli/terminal/choose-client";
import { findEstate } from "../../../provider/lookup/find";
import { startSession } from "../../../provider/run/run";
import { issueChain } from "../../support/certificates";
import { type DnsName, startDns, type TestDns } from "../../support/dns";
import { readMarkup } from "../../support/markup";
import { type RunningPlatform, startPlatform } from "../../support/platform";
import { requireSome } from "../../support/require-some";

const sheetMarkdown = (sheet: GoLiveSheet) => documentMarkdown(sheetDocument(sheet));
/** Without the places where a hostname may be broken: a value that is copied has no such thing in it. */
const sheetHtml = (sheet: GoLiveSheet) => documentPage(sheetDocument(sheet)).replaceAll("<wbr>", "");

const oddName = 'Bäckerei <b>|`x` "Süß" & _Söhne_';
const oddAuthority = "evil|`ca`<script>.example";

/** The tables of a Markdown text, row by row, cell by cell. */
function tablesOf(text: string): string[][] {
    const rows = text.split("\n").filter((line) => line.startsWith("|"));
    return rows.map((row) =>
        row
            .split(/(?<!\\)\|/)
            .slice(1, -1)
            .map((cell) => cell.trim()),
    );
}

describe("the sheet for going live", function () {
    this.timeout(60_000);
    const names = new Map<string, DnsName>();
    let dns: TestDns;
    let platform: RunningPlatform;
    let sheet: GoLiveSheet;

    async function take(
        text: string,
        token = platform.token,
        resolvers: string[] = [dns.address],
    ): Promise<GoLiveSheet> {
        const session = startSession({ endpoint: platform.url, token, allowLiveDelete: false, resolvers });
        return takeSheet(session, chooseClientOrSite(await findEstate(session.client), text));
    }

    before(async () => {
        dns = await startDns(names);
        platform = await startPlatform({
            dnsServers: [dns.address],
            acmeDirectory: "https://acme.ca.example/directory",
        });
        const { api } = platform;
        const { account, application } = await api.makeSite(oddName, "www.acme.example");
        const at = `/account/${account}/application/${application}/environment`;
        for (const hostname of ["acme.example", "shop.acme.example"])
            await api.must("POST", `${at}/Production/domain/${hostname}`);
        await api.must("POST", `${at}/create`, {
            name: "Staging",
            source_environment_name: "Production",
            domain_name: "staging.acme.example",
        });
        await api.must("POST", `/account/${account}/application/create`, {
            hostname: "www.bakery.example",
            origin: "192.0.2.1",
        });
        const { publicCertificates, privateKey } = await issueChain(["shop.acme.example"], {
            until: new Date(Date.now() + 6.5 * 86_400_000),
        });
        await api.must("POST", `/account/${account}/domain/shop.acme.example/https`, {
            type: "custom",
            public_certificates: publicCertificates,
            private_key: privateKey,
        });
        const CAA = [{ flags: 0, tag: "issue", value: oddAuthority }];
        names.set("acme.example", { NS: ["ada.ns.cloudflare.com"], A: ["192.0.2.1"], AAAA: ["2001:db8::1"], CAA });
        names.set("www.acme.example", "old.cdn.example");
        names.set("shop.acme.example", "shop.acme.example.c.section.io");
        names.set("bakery.example", { NS: ["ns1.hoster.example"] });
        sheet = await take("www.acme.example");
    });
    after(async () => {
        await platform.close();
        dns.close();
    });

    it("says of each hostname where it is served, whether it is live, its certificate, and what was found", () => {
        assert.deepEqual(
            sheet.domains.map(({ hostname, environment, isLive }) => `${environment} ${hostname} ${isLive}`),
            [
                "Production acme.example false",
                "Production shop.acme.example true",
                "Production www.acme.example false",
                "Staging staging.acme.example false",
            ],
        );
        const [apex, shop, www, staging] = sheet.domains;
        assert.match(apex?.head ?? "", /^[0-9a-f]{40}$/);
        assert.deepEqual(
            apex?.checks.map(({ record }) => record),
            ["ALIAS", "AAAA", "CAA"],
        );
        assert.match(
            shop?.certificateWords ?? "",
            /^the client's own, .*from Test CA 1, valid until .*; the certificate of shop\.acme\.example ends on .*, in 6 days/,
        );
        assert.deepEqual(
            shop?.checks.map(({ record, fix }) => [record, fix]),
            [["CNAME", undefined]],
            "with a certificate of its own no CAA record counts",
        );
        assert.match(
            www?.certificateWords ?? "",
            /^none yet; the platform issues it by itself once the hostname is live, from ca\.example$/,
        );
        assert.deepEqual([staging?.isProduction, staging?.dnsHost.provider], [false, "Cloudflare"]);
    });

    it("promises no certificate where no authority is set up, and says whose edge the records point to", async () => {
        const plain = await startPlatform({ dnsServers: [dns.address] });
        const own = await startPlatform({ dnsServers: [dns.address], edgeDomain: "edge.agency.example" });
        try {
            const sheets: GoLiveSheet[] = [];
            for (const { url: endpoint, token, api } of [plain, own]) {
                await api.makeSite("Acme", "www.acme.example");
                const session = startSession({ endpoint, token, allowLiveDelete: false, resolvers: [dns.address] });
                const choice = chooseClientOrSite(await findEstate(session.client), "Acme");
                sheets.push(await takeSheet(session, choice));
            }
            const edge =
                "The records of this sheet point to Section's edge (c.section.io). If this platform has an edge of its own, its operator has to set `SECTION_PLATFORM_EDGE_DOMAIN` before anybody changes a record.";
            assert.deepEqual(
                sheets.map(({ notes }) => notes),
                [[edge], []],
            );
            const [text, html] = [sheetMarkdown(sheets[0]!), sheetHtml(sheets[0]!)];
            assert.ok(text.includes("Section's edge"), text);
            assert.ok(html.includes("edge (c.section.io)"), html);
            for (const { domains } of sheets)
                assert.deepEqual(
                    domains.map(({ certificateWords, checks }) => [
                        certificateWords,
                        checks.map(({ record }) => record),
                    ]),
                    [
                        [
                            "none, and this platform issues none, as no authority is set up: the client has to bring one before HTTPS works",
                            ["CNAME"],
                        ],
                    ],
                );
        } finally {
            await plain.close();
            await own.close();
        }
    });

    it("has every change in its step, in the order of going live", () => {
        const steps = sheet.steps.map(({ title, changes }) => [
            title,
            changes.map(({ action, type, name }) => `${action} ${type} ${name}`),
        ]);
        assert.deepEqual(steps, [
            ["Try it where no visitors come", ["add CNAME staging.acme.example", "add CAA acme.example"]],
            ["Lower the time to live of the present records", []],
            ["Certificates", []],
            ["The apex, the domain without www", ["replace ALIAS acme.example", "remove AAAA acme.example"]],
            ["www and all other names", ["replace CNAME www.acme.example"]],
            ["Look again", []],
            ["Raise the time to live again", []],
        ]);
        const [first, lower, , apex, , again] = sheet.steps.map(({ words }) => words.join("\n"));
        assert.match(
            first ?? "",
            /`curl --connect-to ::www\.acme\.example\.c\.section\.io: http:\/\/www\.acme\.example\/`/,
        );
        assert.doesNotMatch(first ?? "", /http:\/\/shop\.acme/, "what is live can be looked at as it is");
        assert.match(
            lower ?? "",
            /^acme\.example: set the time to live \(TTL\) of A 192\.0\.2\.1 to `300` seconds; now it is 60 seconds or more\.$/m,
        );
        assert.match(apex ?? "", /calls it ANAME.*redirect acme\.example to www\.acme\.example/s);
        assert.match(
            again ?? "",
            /^Not live yet: acme\.example, www\.acme\.example, staging\.acme\.example\. .*`pulumi-section golive www\.acme\.example`$/,
        );
    });

    it("is Markdown in which nothing that others wrote is markup, and every row has all its cells", () => {
        const text = sheetMarkdown(sheet);
        assert.match(
            text,
            /^# Going live: www\.acme\.example of Bäckerei &lt;b&gt;\\\|\\`x\\` "Süß" &amp; \\_Söhne\\_ \(1\)\n/,
        );
        const rows = tablesOf(text);
        assert.deepEqual([...new Set(rows.map((row) => row.length))].sort(), [4, 7]);
        assert.deepEqual(
            rows.filter(([action]) => action === "replace").map((row) => row.slice(0, 6)),
            [
                ["replace", "ALIAS", "`@`", "`acme.example`", "`A 192.0.2.1`", "`acme.example.c.section.io`"],
                [
                    "replace",
                    "CNAME",
                    "`www`",
                    "`www.acme.example`",
                    "`CNAME old.cdn.example`",
                    "`www.acme.example.c.section.io`",
                ],
            ],
        );
        assert.doesNotMatch(text, /<script>(?![^`]*`)/);
        console.log(`      ${text.length} characters of Markdown, ${rows.length} rows`);
    });

    it("is a page that is right by the standard, with every value in it and no script", async () => {
        const { errors, shape, texts } = await readMarkup(sheetHtml(sheet));
        assert.deepEqual(errors, []);
        assert.ok(
            !shape.some((each) => each.startsWith("script") || each.startsWith("b[")),
            "what others wrote became markup",
        );
        for (const { hostname, record } of requireSome(sheet.domains))
            assert.ok(texts.includes(hostname) || texts.includes(record.value), hostname);
        for (const value of [
            "acme.example.c.section.io",
            "A 192.0.2.1",
            '0 issue "letsencrypt.org"',
            `CAA 0 issue "${oddAuthority}"`,
            `pulumi-section golive www.acme.example`,
        ])
            assert.ok(texts.includes(value), `${value} is not to be copied`);
        assert.equal(shape.filter((each) => each === "h2[]").length, 8);
    });

    it("is CSV with a row for each change in order, then what is right already", () => {
        const rows: Record<string, string>[] = parse(sheetCsv(sheet), { columns: true });
        assert.deepEqual(
            rows.map((row) => [row.step, row.do, row.type, row["name in zone"], row["value now"], row["value to set"]]),
            [
                ["1", "add", "CNAME", "staging", "nothing", "staging.acme.example.c.section.io"],
                ["1", "add", "CAA", "(@)", `CAA 0 issue "${oddAuthority}"`, '0 issue "letsencrypt.org"'],
                ["4", "replace", "ALIAS", "(@)", "A 192.0.2.1", "acme.example.c.section.io"],
                ["4", "remove", "AAAA", "(@)", "AAAA 2001:db8::1", ""],
                ["5", "replace", "CNAME", "www", "CNAME old.cdn.example", "www.acme.example.c.section.io"],
                ["", "keep", "CNAME", "shop", "CNAME shop.acme.example.c.section.io", "shop.acme.example.c.section.io"],
            ],
        );
        for (const row of rows)
            assert.deepEqual(
                [row["DNS host"], row["name servers"], row.zone],
                ["Cloudflare", "ada.ns.cloudflare.com", "acme.example"],
            );
    });

    it("is of all sites of a client; for a reader, and without a DNS to ask, it says what it does not know", async () => {
        const all = await take("1");
        assert.deepEqual([...new Set(all.domains.map(({ site }) => site))], ["www.acme.example", "www.bakery.example"]);
        assert.match(
            sheetMarkdown(all),
            /\*\*bakery\.example\*\* at hoster\.example \(name servers ns1\.hoster\.example\):/,
        );
        const reader = await platform.signUp("reader@agency.example");
        await platform.api.must("POST", "/account/1/user", {
            email: "reader@agency.example",
            accountCapability: "readonly",
        });
        const blind = await take("1", reader.token as string, []);
        assert.equal(blind.domains.length, 5);
        const text = sheetMarkdown(blind);
        assert.match(text, /at an unknown DNS host: the settings say not to ask the DNS:/);
        assert.match(text, /\| set \| CNAME \| `www` \| `www\.acme\.example` \| could not be looked up \|/);
        assert.match(text, /The DNS was not asked\. Expected: CNAME `www\.acme\.example\.c\.section\.io`/);
        assert.equal((await readMarkup(sheetHtml(blind))).errors.length, 0);
        assert.equal(parse(sheetCsv(blind), { columns: true }).length, 5);
    });

    it("is short where there is no hostname, and keeps the platform's last word where that cannot look", async () => {
        await platform.api.must("POST", "/account", { name: "Empty" });
        const empty = await take("Empty");
        assert.match(
            sheetMarkdown(empty),
            /^# Going live: Empty \(\d+\)\n\n0 hostnames: .*\n\nIt has no hostname\.\n$/s,
        );
        assert.equal((await readMarkup(sheetHtml(empty))).errors.length, 0);
        const session = startSession({
            endpoint: platform.url,
            token: platform.token,
            allowLiveDelete: false,
            resolvers: [dns.address],
        });
        const { site } = chooseClientOrSite(await findEstate(session.client), "www.acme.example");
        const production = site?.environments[0];
        const domain = production?.domains.find(({ hostname }) => hostname === "shop.acme.example");
        assert.ok(site && production && domain);
        names.set("shop.acme.example", "SERVFAIL");
        const unknown = await takeDomainSheet(session, site, production, domain);
        assert.equal(unknown.isLive, true);
        assert.ok(unknown.liveUnknown);
        assert.deepEqual([unknown.changes[0]?.action, unknown.changes[0]?.old], ["set", undefined]);
    });

    it("shows what is to be copied apart from the words around it", () => {
        assert.deepEqual(wordsOf("run `a b` now"), ["run ", { copy: "a b" }, " now"]);
        assert.deepEqual(wordsOf("`a b`"), [{ copy: "a b" }]);
        assert.deepEqual(
            [sayOld(undefined), sayOld([]), sayOld(["A 192.0.2.1", "A 192.0.2.2"])],
            ["could not be looked up", "nothing", "A 192.0.2.1, A 192.0.2.2"],
        );
    });
});
