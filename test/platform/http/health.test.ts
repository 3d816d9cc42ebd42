import assert from "node:assert/strict";
import { Api } from "../../support/api";
import { onEveryPlatform } from "../../support/stores";

onEveryPlatform("health", (platform) => {
    it("is asked without credentials", async () => {
        const { url, api } = platform();
        for (const _ of ["one replica", "the other"]) await api.get("/user");
        const text = async (path: string) => (await fetch(url + path)).text();
        assert.deepEqual([JSON.parse(await text("/healthz")), JSON.parse(await text("/readyz"))], [{ status: "ok" }, { status: "ok" }]);
        const metrics = await text("/metrics");
        assert.match(metrics, /section_http_request_seconds_count\{method="GET",route="\/api\/v1\/user",status="200"\} [1-9]/);
        assert.ok(!metrics.includes(new Api(url, api.token).token as string));
    });
});
