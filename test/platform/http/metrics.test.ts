import assert from "node:assert/strict";
import { Metrics } from "../../../platform/http/metrics";
import { startListening } from "../../support/listening-server";

describe("metrics", function () {
    this.timeout(60_000);

    it("count answers and pushes, each platform its own", async () => {
        const metrics = new Metrics();
        metrics.answered({ method: "GET", route: "/api/v1/user", status: 200, seconds: 0.01 });
        let pushed = 1;
        metrics.count("section_git_pushed_branches_total", "x", () => pushed);
        pushed = 2;
        metrics.active.set(3);
        const { text, type } = await metrics.expose();
        assert.match(type, /^text\/plain/);
        assert.match(text, /section_git_pushed_branches_total 2/);
        pushed = 3;
        assert.match((await metrics.expose()).text, /section_git_pushed_branches_total 3/);
        assert.match(
            text,
            /section_http_request_seconds_bucket\{le="0\.02",method="GET",route="\/api\/v1\/user",status="200"\} 1/,
        );
        assert.doesNotMatch((await new Metrics().expose()).text, /section_git_pushed_branches_total/);
    });

    it("look things up when they are asked for, and live on where that fails", async () => {
        const metrics = new Metrics();
        let value = 1;
        metrics.watch("thing", "x", () => value);
        metrics.watch("lost", "x", () => Promise.reject(new Error("no")));
        metrics.watch("hanging", "x", () => new Promise(() => {}), 50);
        value = 2;
        const { text } = await metrics.expose();
        assert.match(text, /^thing 2$/m);
        assert.match(text, /^lost Nan$/m);
        assert.match(text, /^hanging Nan$/m);
    });

    it("have the process, git, the outbox, the database and the connections, and no series for each id or name", async () => {
        const { api, url, close } = await startListening();
        for (let id = 1; id <= 40; id += 1) {
            await api.call("GET", `/account/${id + 1_000_000}`);
            await api.call("GET", `/nothing/${id}`);
            await api.call("PROPFIND", `/account/${id + 1_000_000}`);
        }
        const text = await (await fetch(`${url}/metrics`)).text();
        for (const name of [
            "process_resident_memory_bytes",
            "nodejs_eventloop_lag_seconds",
            "section_git_processes",
            "section_git_waiting",
        ])
            assert.match(text, new RegExp(`^${name} [\\d.]+`, "m"), name);
        for (const name of ["section_outbox_pending", "section_sessions"])
            assert.match(text, new RegExp(`^${name} \\d+$`, "m"), name);
        assert.match(text, /^section_database_ping_seconds 0\.\d+/m);
        assert.match(text, /^section_http_connections [1-9]/m);
        assert.equal(text.match(/^section_http_request_seconds_count/gm)?.length, 3);
        await close();
    });
});
