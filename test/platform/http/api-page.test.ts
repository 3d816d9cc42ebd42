import assert from "node:assert/strict";
import { onEveryPlatform } from "../../support/stores";

onEveryPlatform("the API's page", (platform) => {
    it("loads nothing from elsewhere, and everything that it names is there", async () => {
        for (const address of ["/api/ui", "/api/ui/"]) {
            const page = await fetch(platform().url + address);
            assert.deepEqual([page.status, page.headers.get("content-type")], [200, "text/html; charset=utf-8"]);
            assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'/);
            assert.equal(page.headers.get("x-frame-options"), "DENY");
            const links = [...(await page.text()).matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link]) => link ?? "");
            assert.equal(links.length, 4);
            for (const link of links) {
                assert.match(link, /^\/api\/ui\//);
                const file = await fetch(platform().url + link);
                assert.equal(file.status, 200, link);
                assert.match(
                    file.headers.get("content-type") ?? "",
                    /^(text\/(css|javascript); charset=utf-8|image\/png)$/,
                );
                assert.equal(file.headers.get("x-content-type-options"), "nosniff");
                assert.ok((await file.arrayBuffer()).byteLength > 100);
            }
        }
    });

    it("is packed for whoever can unpack it, and the same for whoever cannot", async () => {
        const load = (encoding: string) =>
            fetch(`${platform().url}/api/ui/swagger-ui.css`, { headers: { "accept-encoding": encoding } });
        const packed = await load("gzip");
        const plain = await load("identity");
        assert.deepEqual(
            [packed.headers.get("content-encoding"), plain.headers.get("content-encoding")],
            ["gzip", null],
        );
        assert.ok(Number(packed.headers.get("content-length")) < Number(plain.headers.get("content-length")) / 3);
        assert.equal(packed.headers.get("vary"), "Accept-Encoding");
        assert.equal(await packed.text(), await plain.text());
    });
});
