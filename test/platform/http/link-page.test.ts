import assert from "node:assert/strict";
import { Api } from "../../support/api";
import { readMarkup } from "../../support/markup";
import { startPlatform } from "../../support/platform";
import { onEveryPlatform } from "../../support/stores";

// test/stories/link-page.story.ts follows the links in a browser

onEveryPlatform("the page behind a link", (platform) => {
    it("can be framed by nobody, keeps its address to itself, and loads its own style, icon and script only", async () => {
        for (const path of ["/public/accept", "/public/verify", "/public/accept/"]) {
            const { status, headers, text } = await new Api(platform().url, undefined).call("GET", path);
            assert.equal(status, 200, path);
            assert.match(headers.get("content-type") ?? "", /^text\/html/);
            const policy = headers.get("content-security-policy") ?? "";
            assert.match(policy, /default-src 'none'; script-src 'self';.*form-action 'none'; frame-ancestors 'none'/);
            assert.deepEqual(
                [headers.get("referrer-policy"), headers.get("cache-control")],
                ["no-referrer", "no-store"],
            );
            assert.deepEqual((await readMarkup(text)).errors, []);
            const loaded = [...text.matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, address]) => address as string);
            const scripts = loaded.filter((address) => /^\/link-page-[0-9a-f]{12}\.js$/.test(address));
            assert.equal(scripts.length, 1);
            assert.ok(
                loaded.every((address) => /^(\/|#)/.test(address)),
                loaded.join(" "),
            );
            const script = await fetch(new URL(scripts[0] as string, platform().url));
            assert.match(script.headers.get("content-type") ?? "", /^text\/javascript/);
        }
    });

    it("has the frame of every other page: style, icon, and what is above the content", async () => {
        const frameOf = async (path: string) => {
            const page = await fetch(platform().url + path, { headers: { accept: "text/html" } });
            const [, links, header] = /(<link .*?)<\/head>(.*?<\/header>)/s.exec(await page.text()) ?? [];
            return { links, header };
        };
        const signIn = await frameOf("/sign-in");
        assert.match(signIn.links ?? "", /^<link rel="stylesheet" href="\/style-[0-9a-f]{12}\.css">/);
        assert.match(signIn.header ?? "", /<a class="skip" href="#content">.*<header>\n<a class="brand" href="\/">/s);
        for (const path of ["/public/accept", "/public/verify"]) assert.deepEqual(await frameOf(path), signIn, path);
    });
});

describe("the page behind a link, on a platform without pages", () => {
    it("is there, and leads to no sign-in", async () => {
        const platform = await startPlatform({ extensions: false });
        try {
            const { status, text } = await new Api(platform.url, undefined).call("GET", "/public/accept");
            assert.equal(status, 200);
            assert.ok(!text.includes("/sign-in"));
        } finally {
            await platform.close();
        }
    });
});
