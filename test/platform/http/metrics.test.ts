import assert from "node:assert/strict";
import { Metrics } from "../../../platform/http/metrics";

describe("metrics", () => {
    it("count answers and pushes, each platform its own", async () => {
        const metrics = new Metrics();
        metrics.answered({ method: "GET", route: "/api/v1/user", status: 200, seconds: 0.01 });
        metrics.pushed(2);
        metrics.active.set(3);
        const { text, type } = await metrics.expose();
        assert.match(type, /^text\/plain/);
        assert.match(text, /section_git_pushed_branches_total 2/);
        assert.match(text, /section_http_request_seconds_bucket\{le="0\.02",method="GET",route="\/api\/v1\/user",status="200"\} 1/);
        assert.doesNotMatch((await new Metrics().expose()).text, /section_git_pushed_branches_total 2/);
    });
});
