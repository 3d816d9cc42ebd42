import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { reportCsv } from "../../../cli/estate/report-csv";
import { makeReport } from "../../support/estate-report";

describe("an estate as CSV", () => {
    it("has a row for each hostname, and for what has none", () => {
        const report = makeReport(10);
        const [client = assert.fail()] = report.clients;
        const [site = assert.fail()] = client.sites;
        const [production = assert.fail()] = site.environments;
        production.domains = [];
        report.clients.push({ id: "9", name: "=Empty", drift: client.drift, sites: [] });
        const rows: Record<string, string>[] = parse(reportCsv(report), { columns: true });
        const hostnames = report.clients
            .flatMap(({ sites }) => sites)
            .flatMap(({ environments }) => environments.flatMap(({ domains }) => domains));
        assert.equal(rows.length, hostnames.length + 2);
        assert.deepEqual(
            rows.map((row) => row.hostname).filter(Boolean),
            hostnames.map(({ hostname }) => hostname),
        );
        assert.deepEqual([rows[0]?.environment, rows[0]?.hostname, rows[0]?.live], ["Production", "", ""]);
        assert.match(rows.at(-1)?.client ?? "", /^'=Empty$/, "no formula");
    });

    it("tells no from not known", () => {
        const report = makeReport(4);
        const environment = report.clients[0]?.sites[1]?.environments[0] ?? assert.fail();
        environment.proxies = undefined;
        environment.lastChange = undefined;
        environment.domains = [{ id: "x", hostname: "x.example" }];
        const rows: Record<string, string>[] = parse(reportCsv(report), { columns: true });
        const { live, certificate, certificate_days_left, proxies, last_change_by } =
            rows.find((row) => row.hostname === "x.example") ?? {};
        assert.deepEqual(
            [live, certificate, certificate_days_left, proxies, last_change_by],
            ["not known", "not known", "", "not known", "not known"],
        );
        const no = rows.find((row) => row.hostname === "www.site3.example") ?? {};
        assert.deepEqual([no.live, no.certificate, no.proxies], ["no", "none yet", "varnish:6.3.1"]);
        const yes = rows.find((row) => row.hostname === "www.site2.example") ?? {};
        assert.deepEqual(
            [yes.live, yes.certificate, yes.certificate_days_left, yes.proxies],
            ["yes", "acme", "44", "cache openresty:1.21.4"],
        );
    });
});
