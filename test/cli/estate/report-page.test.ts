import assert from "node:assert/strict";
import { clientMap } from "../../../cli/estate/client-map";
import { reportPage } from "../../../cli/estate/report-page";
import { clientRows, columns } from "../../../cli/estate/site-rows";
import { makeReport } from "../../support/estate-report";
import { readMarkup } from "../../support/markup";

describe("the page of an estate", () => {
    it("is markup without a fault that loads nothing, whatever names there are", async () => {
        const report = makeReport(60);
        const page = reportPage(report);
        const { shape, texts, errors } = await readMarkup(page);
        assert.deepEqual(errors, []);
        assert.equal(shape.filter((each) => each.startsWith("img")).length, 0, "a name is never markup");
        const sites = report.clients.flatMap((client) => client.sites);
        assert.ok(sites.length >= 60, `${sites.length} sites`);
        for (const name of [
            ...report.clients.map((each) => each.name),
            ...sites.flatMap(({ id, hostname }) => [id, hostname]),
        ])
            assert.ok(
                texts.some((text) => text.includes(name)),
                name,
            );
        assert.equal(shape.filter((each) => each.startsWith("tbody")).length, report.clients.length + sites.length);
        assert.doesNotMatch(page, /\b(src|href|url\()="?(https?:|\/\/)/);
        assert.equal(page, reportPage(makeReport(60)), "the same estate is the same page");
    });

    it("says what is not known, and why, and what went with its organization", () => {
        const notKnown = [
            { what: "proxies", because: "no <answer>", of: Array.from({ length: 25 }, (_, index) => `1/${index}`) },
        ];
        const page = reportPage({
            ...makeReport(1, { isCompared: false }),
            goneDrift: ["organization 7 is gone"],
            notKnown,
        });
        assert.match(page, /<li>proxies: no &lt;answer&gt; <span class="quiet">\(1\/0, .*1\/19 and 5 more\)/);
        assert.match(page, /drift not asked/);
        assert.match(page, /<li>organization 7 is gone<\/li>/);
        assert.doesNotMatch(reportPage(makeReport(1)), /What is not known/);
    });

    it("shows a site as a group of rows, each with a cell for every column", () => {
        const [client = assert.fail()] = makeReport(5).clients;
        const [, site = assert.fail()] = client.sites;
        const { text } = clientRows({ ...client, sites: [site] });
        assert.equal(site.environments.length, 2);
        assert.match(text, /<th scope="rowgroup" rowspan="2"><a href="#q=1000%2F7001">www\.site1\.example<\/a>/);
        const [first = "", second = ""] = text.slice(text.indexOf("rowspan")).split("<tr>");
        assert.deepEqual([first.match(/<td/g)?.length, second.match(/<td/g)?.length], [columns.length - 1, 4]);
        const drifted = clientRows({
            ...client,
            sites: [{ ...site, drift: { state: "drifted", found: ["one", "two"] } }],
        }).text;
        assert.match(
            drifted,
            /<th scope="rowgroup" rowspan="3">.*<td class="lines" colspan="4"><ul role="list"><li>one<\/li><li>two<\/li>/s,
        );
        assert.match(clientRows({ ...client, sites: [{ ...site, environments: [] }] }).text, /no environment/);
        assert.match(
            clientRows({ ...client, sites: [], drift: { state: "drifted", found: ["membership 1/a"] } }).text,
            /0 sites.*membership 1\/a/s,
        );
    });

    it("maps a client by lists within lists", async () => {
        const [client = assert.fail()] = makeReport(2).clients;
        const { errors, texts } = await readMarkup(clientMap(client).text);
        assert.deepEqual(errors, []);
        const order = texts
            .filter((text) => /^(www|shop|staging|Production|Staging)/.test(text))
            .map((text) => text.trim());
        assert.deepEqual(order, [
            "www.site0.example",
            "Production",
            "www.site0.example",
            "shop.site0.example",
            "www.site1.example",
            "Production",
            "www.site1.example",
            "Staging",
            "staging.site1.example",
        ]);
    });
});
