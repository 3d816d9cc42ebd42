import assert from "node:assert/strict";
import { onEveryPlatform } from "../../support/stores";

onEveryPlatform("the catalogue over HTTP", (platform) => {
    it("lists stacks and images that fit together", async () => {
        const { api } = platform();
        const stacks = await api.get("/stack");
        const images = new Set((await api.get("/proxytemplate")).map(({ image }: { image: string }) => image));
        assert.equal(stacks[0].name, "varnish-6.3-basic");
        for (const { proxychain } of stacks) for (const { image } of proxychain) assert.ok(images.has(image), image);
    });
});
