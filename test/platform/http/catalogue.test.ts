import assert from "node:assert/strict";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("the catalogue over HTTP", (platform) => {
    it("lists stacks and images that fit together", async () => {
        const { api } = platform();
        const stacks = await api.get("/stack");
        const images = new Set((await api.get("/proxytemplate")).map(({ image }: { image: string }) => image));
        assert.equal(stacks[0].name, "varnish-6.3-basic");
        for (const { proxychain } of stacks) for (const { image } of proxychain) assert.ok(images.has(image), image);
    });

    it("tells what is known of a hostname", async () => {
        const { api } = platform();
        const hostname = `${fresh("origin")}.acme.example`;
        await api.makeSite("Acme", hostname);
        const known = await api.get(`/origin?hostName=${hostname}`);
        assert.deepEqual([known.hostname_duplicate, known.hostname_bare, known.origin_detected], [true, false, false]);
        assert.equal((await api.get("/origin?hostName=acme.example")).hostname_bare, true);
        assert.equal((await api.call("GET", "/origin")).status, 400);
    });
});
