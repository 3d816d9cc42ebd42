import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { excessWidth, findBarriers, openWindow, sharedBrowser, until } from "../support/browser";
import { serveFolder } from "../support/folder-server";
import type { Script } from "../support/http-server";
import { requireSome } from "../support/require-some";

const run = promisify(execFile);

/** The pages of the site, as their addresses. */
function listPages(): string[] {
    const names = readdirSync("docs", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md"));
    return names.map((name) => `/${name === "README.md" ? "" : name.replace(/\.md$/, ".html")}`).sort();
}

/** What a page leads to within the site, and the anchors that it has. */
const listTargets = (page: Page) =>
    page.evaluate(
        "({ links: [...document.querySelectorAll('a[href]')].map((each) => each.href), ids: [...document.querySelectorAll('[id]')].map((each) => each.id) })",
    ) as Promise<{ links: string[]; ids: string[] }>;

/** The links, by the page that has them, that lead nowhere within the site. */
function listBroken(anchors: Map<string, string[]>, links: [string, URL][], site: string): string[] {
    const broken = links
        .filter(([, { origin }]) => origin === site)
        .filter(([, { pathname, hash }]) => {
            const ids = anchors.get(pathname.replace(/index\.html$/, ""));
            return ids === undefined || (hash !== "" && !ids.includes(decodeURIComponent(hash.slice(1))));
        })
        .map(([from, { pathname, hash }]) => `${from} leads to ${pathname}${hash}`);
    return [...new Set(broken)];
}

describe("the docs as a web site", function () {
    this.timeout(600_000);
    let browser: Browser;
    let site: Script;
    const pages = requireSome(listPages());
    before(async () => {
        await run(process.execPath, ["tools/docs-site.mjs"], { maxBuffer: 2 ** 26 });
        browser = await sharedBrowser();
        site = await serveFolder(path.resolve("site/dist"));
    });
    after(() => site?.close());

    /** What other colours can break; all other barriers are those of the same width in light. */
    const rulesOfColours = ["color-contrast", "link-in-text-block"];
    /** In this order the fewest pages are laid out anew. */
    const looks = [
        ["light", 1280, undefined],
        ["light", 390, undefined],
        ["dark", 390, rulesOfColours],
        ["dark", 1280, rulesOfColours],
    ] as const;

    it("leads nowhere that is not there; has no barriers and fits the window, wide and narrow, light and dark", async () => {
        // colours change at once, as nobody sees them fade
        const { page, context, complaints } = await openWindow(browser, site.url, { reducedMotion: "reduce" });
        const faults: string[] = [];
        const anchors = new Map<string, string[]>();
        const links: [string, URL][] = [];
        for (const address of pages) {
            await page.goto(address);
            await until(page, "document.querySelector('#app')?.__vue_app__ !== undefined");
            const found = await listTargets(page);
            anchors.set(address, found.ids);
            for (const link of found.links) links.push([address, new URL(link)]);
            for (const [colorScheme, width, rules] of looks) {
                await page.emulateMedia({ colorScheme });
                await page.setViewportSize({ width, height: 844 });
                await until(page, `document.documentElement.matches(".dark") === ${colorScheme === "dark"}`);
                const at = `${address}, ${colorScheme}, ${width} pixels wide`;
                const excess = await excessWidth(page);
                if (excess > 0) faults.push(`${at}: ${excess} pixels wider than the window`);
                faults.push(...(await findBarriers(page, rules)).map((fault) => `${at}: ${fault}`));
            }
        }
        assert.deepEqual([...faults, ...listBroken(anchors, links, site.url)], []);
        assert.deepEqual(complaints, [], "no other host is asked for anything");
        await context.close();
    });

    it("finds a page by a word in it", async () => {
        const { page, context, complaints } = await openWindow(browser, site.url);
        await page.goto("/");
        await page.getByRole("button", { name: "Search" }).first().click();
        await page.getByRole("searchbox").fill("promotedOver");
        await page.getByRole("option").first().click();
        await page.waitForURL(/environment|promotion/);
        assert.deepEqual(complaints, []);
        await context.close();
    });
});
