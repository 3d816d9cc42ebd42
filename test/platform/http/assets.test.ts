import assert from "node:assert/strict";
import Fastify from "fastify";
import { serveAssets } from "../../../platform/http/assets";
import { onEveryPlatform } from "../../support/stores";
import { Visitor } from "../../support/visitor";

onEveryPlatform("what pages load", (platform) => {
    it("is one style and one icon, which browsers may keep for good", async () => {
        const visitor = new Visitor(platform().url);
        const { text } = await visitor.get("/sign-in");
        const addresses = [...text.matchAll(/(?:href|src)="(\/(?:style|icon)-[0-9a-f]{12}\.\w+)"/g)].map(
            ([, address]) => address as string,
        );
        assert.equal(new Set(addresses).size, 2);
        for (const address of addresses) {
            const { status, headers } = await visitor.send(address, { headers: { accept: "text/css,*/*;q=0.1" } });
            assert.equal(status, 200);
            assert.equal(headers.get("cache-control"), "public, max-age=31536000, immutable");
            assert.match(
                headers.get("content-type") ?? "",
                address.endsWith("css") ? /^text\/css/ : /^image\/svg\+xml/,
            );
        }
    });
});

describe("assets", () => {
    it("are at addresses that tell their content", async () => {
        const assets = serveAssets(Fastify());
        assert.deepEqual(assets, serveAssets(Fastify()));
        assert.match(assets.style, /^\/style-[0-9a-f]{12}\.css$/);
        assert.match(assets.icon, /^\/icon-[0-9a-f]{12}\.svg$/);
    });
});
