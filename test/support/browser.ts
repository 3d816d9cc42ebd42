import assert from "node:assert/strict";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { type AxeResults, source as axeSource } from "axe-core";
import { after } from "mocha";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const flags = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

function findChromium(): string {
    for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
        const file = path.join(folder, "chromium");
        try {
            accessSync(file, constants.X_OK);
            return file;
        } catch {
            // in another folder
        }
    }
    throw new Error("there is no command chromium on the PATH; install the package chromium");
}

let shared: Promise<Browser> | undefined;

after(async () => {
    await (await shared)?.close();
});

/**
 * The machine's Chromium without a window, with a profile of its own that goes away. All tests of this process share
 * it; each has windows with cookies of their own.
 */
export function sharedBrowser(): Promise<Browser> {
    shared ??= chromium.launch({ executablePath: findChromium(), headless: true, args: flags, timeout: 120_000 });
    return shared;
}

/** A window that collects complaints, of which a test expects none. */
export interface Watched {
    context: BrowserContext;
    page: Page;
    /** Console messages, uncaught errors, dialogs, and requests to other hosts than `url`'s. */
    complaints: string[];
}

/** A window with cookies of its own. */
export async function openWindow(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Watched> {
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 }, ...options });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    const complaints: string[] = [];
    const { host } = new URL(url);
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
    });
    page.on("request", (request) => {
        if (new URL(request.url()).host !== host) complaints.push(`request: ${request.url()}`);
    });
    page.on("requestfailed", (request) => {
        const reason = request.failure()?.errorText ?? "";
        if (reason !== "net::ERR_ABORTED") complaints.push(`failed: ${request.url()}: ${reason}`); // the browser's name for a page that was left early
    });
    return { context, page, complaints };
}

interface Focused {
    /** Its accessible name. */
    name: string;
    /** True when its focus is visible. */
    isVisible: boolean;
}

/** The element that has the focus. */
export function focused(page: Page): Promise<Focused> {
    return page.evaluate(() => {
        // biome-ignore lint/suspicious/noExplicitAny: this runs in the browser
        const { document, getComputedStyle } = globalThis as any;
        const element = document.activeElement;
        const text = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        const isSeen =
            box.width > 0 && box.right > 0 && outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
        return { name: element === document.body ? "" : text.replace(/\s+/g, " ").trim(), isVisible: isSeen };
    });
}

/**
 * Presses Tab until an element of that name has the focus; returns the names on the way. The focus of each must be
 * visible.
 */
export async function tabTo(page: Page, name: string): Promise<string[]> {
    const passed: string[] = [];
    for (let presses = 0; presses < 100; presses += 1) {
        await page.keyboard.press("Tab");
        const at = await focused(page);
        assert.ok(at.isVisible, `one does not see that ${at.name || "nothing"} has the focus`);
        passed.push(at.name);
        if (at.name === name) return passed;
    }
    throw new Error(`Tab does not lead to ${name}, only to ${passed.join(", ")}`);
}

/** Faults that axe finds on a page by the rules of these names, one line each. Default: all rules. */
export async function findBarriers(page: Page, rules?: readonly string[]): Promise<string[]> {
    if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axeSource);
    const options = JSON.stringify({ resultTypes: ["violations"], ...(rules && { runOnly: rules }) });
    const { violations } = (await page.evaluate(`axe.run(document, ${options})`)) as AxeResults;
    return violations.flatMap(({ id, impact, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${impact} ${id} at ${target.join(" ")}: ${failureSummary}`),
    );
}

/** Polls until a condition holds in the page. The pages allow no script, so the page cannot notify. */
export async function until(page: Page, expression: string): Promise<void> {
    const end = Date.now() + 30_000;
    while (!(await page.evaluate(expression))) {
        assert.ok(Date.now() < end, `${expression} has not become true`);
        await page.waitForTimeout(50);
    }
}

/** By how much a page is wider than its window. */
export function excessWidth(page: Page): Promise<number> {
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    ) as Promise<number>;
}

/** Parts of a page, other than code, that only show all of themselves when one scrolls sideways in them. */
export function cutParts(page: Page): Promise<string[]> {
    return page.evaluate(() => {
        // biome-ignore lint/suspicious/noExplicitAny: this runs in the browser
        const { document } = globalThis as any;
        return [...document.querySelectorAll("body *:not(pre):not(thead):not(thead *)")]
            .filter(({ scrollWidth, clientWidth }) => clientWidth > 1 && scrollWidth > clientWidth)
            .map(({ tagName, textContent }) => `${tagName}: ${textContent.slice(0, 60)}`);
    });
}

/** Checks that a report as one page is read in light and dark, on a wide and a narrow screen; keeps pictures of it. */
export async function checkReportPage(name: string, text: string): Promise<void> {
    const browser = await sharedBrowser();
    const shots = process.env.SECTION_TEST_SCREENSHOTS;
    for (const colorScheme of ["light", "dark"] as const) {
        for (const width of [1280, 390]) {
            const at = `${name}-${colorScheme}-${width}`;
            const { context, page, complaints } = await openWindow(browser, "http://localhost", {
                colorScheme,
                viewport: { width, height: 900 },
            });
            await page.setContent(text);
            assert.deepEqual(await findBarriers(page), [], at);
            assert.equal(await excessWidth(page), 0, `${at} is wider than the window`);
            if (width === 390) assert.deepEqual(await cutParts(page), [], at);
            assert.deepEqual(complaints, [], at);
            if (shots !== undefined) await page.screenshot({ path: path.join(shots, `${at}.png`), fullPage: true });
            await context.close();
        }
    }
}
