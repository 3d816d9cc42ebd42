import assert from "node:assert/strict";
import { Readiness } from "../../../platform/http/health";
import { openStore } from "../../../platform/store/store";
import { Api } from "../../support/api";
import { sharedContext } from "../../support/context";
import { startListening } from "../../support/listening-server";
import { freshStoreOptions, onEveryPlatform } from "../../support/stores";

onEveryPlatform("health", (platform) => {
    it("is asked without credentials", async () => {
        const { url, api } = platform();
        for (const _ of ["one replica", "the other"]) await api.get("/user");
        const text = async (path: string) => (await fetch(url + path)).text();
        assert.deepEqual(
            [JSON.parse(await text("/healthz")), JSON.parse(await text("/readyz"))],
            [{ status: "ok" }, { status: "ok" }],
        );
        const metrics = await text("/metrics");
        assert.match(
            metrics,
            /section_http_request_seconds_count\{method="GET",route="\/api\/v1\/user",status="200"\} [1-9]/,
        );
        assert.ok(!metrics.includes(new Api(url, api.token).token as string));
    });
});

describe("readiness", function () {
    this.timeout(60_000);

    it("ends when the platform stops, while everything is still answered", async () => {
        const { server, url, api, close } = await startListening();
        assert.equal(server.readiness.wasAsked, false);
        assert.equal((await fetch(`${url}/readyz`)).status, 200);
        assert.equal(server.readiness.wasAsked, true);
        server.readiness.isStopping = true;
        const stopping = await fetch(`${url}/readyz`);
        assert.deepEqual([stopping.status, await stopping.json()], [503, { status: "the platform is stopping" }]);
        assert.deepEqual([(await api.call("GET", "/user")).status, (await fetch(`${url}/healthz`)).status], [200, 200]);
        await close();
    });

    it("is lost with the database; being alive is not", async () => {
        const store = await openStore(await freshStoreOptions("PGlite"));
        await store.close();
        const { url, close } = await startListening({}, { context: { ...(await sharedContext()), store } });
        const ready = await fetch(`${url}/readyz`);
        assert.deepEqual([ready.status, await ready.json()], [503, { status: "the database does not answer" }]);
        assert.equal((await fetch(`${url}/healthz`)).status, 200);
        await close();
    });

    it("is looked at once for many who ask at once", async () => {
        const context = await sharedContext();
        let looked = 0;
        const repositories = {
            get options() {
                looked += 1;
                return { root: "/nonexistent" };
            },
        };
        const readiness = new Readiness({ ...context, repositories } as never);
        await Promise.all(Array.from({ length: 100 }, () => readiness.obstacle()));
        assert.equal(looked, 1);
    });
});
