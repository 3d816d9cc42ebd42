import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { openWindow, sharedBrowser } from "../support/browser";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";

const email = "ada@agency.example";
const password = "correct horse battery staple";

/** Puts credentials into the page's dialog. */
async function authorize(page: Page, scheme: "basic" | "sectionToken", fields: readonly string[]): Promise<void> {
    await page.getByRole("button", { name: "Authorize", exact: true }).first().click();
    const form = page.locator(".auth-container", { hasText: scheme });
    for (const [index, text] of fields.entries()) await form.locator("input").nth(index).fill(text);
    await form.getByRole("button", { name: /^Apply/ }).click();
    await page.getByRole("button", { name: "Close" }).first().click();
}

async function logOut(page: Page, scheme: "basic" | "sectionToken"): Promise<void> {
    await page.getByRole("button", { name: "Authorize", exact: true }).first().click();
    await page
        .locator(".auth-container", { hasText: scheme })
        .getByRole("button", { name: "Remove authorization" })
        .click();
    await page.getByRole("button", { name: "Close" }).first().click();
}

/** Sends GET /user and returns what the page shows of the answer. */
async function tryOut(page: Page): Promise<{ status: string; body: string }> {
    const operation = page.locator("#operations-User-currentUserGet");
    if ((await operation.locator(".opblock-body").count()) === 0)
        await operation.locator(".opblock-summary-control").click();
    const start = operation.getByRole("button", { name: "Try it out" });
    if ((await start.count()) > 0) await start.click();
    const clear = operation.getByRole("button", { name: "Clear", exact: true });
    if ((await clear.count()) > 0) await clear.click();
    await operation.getByRole("button", { name: "Execute" }).click();
    const live = operation.locator(".live-responses-table .response").first();
    return {
        status: (await live.locator(".response-col_status").textContent()) ?? "",
        body: (await live.locator("pre").first().textContent()) ?? "",
    };
}

describe("the API's page in a real browser", () => {
    let browser: Browser;
    before(async function () {
        this.timeout(180_000);
        browser = await sharedBrowser();
    });

    function withPlatform(
        work: (platform: RunningPlatform, token: string, shots: string) => Promise<void>,
    ): Promise<void> {
        return withFolder(async (folder) => {
            const shots = process.env.SECTION_TEST_SCREENSHOTS ?? folder;
            await mkdir(shots, { recursive: true });
            const platform = await startPlatform();
            try {
                const { token } = await platform.signUp(email, "write", password);
                await work(platform, token as string, shots);
            } finally {
                await platform.close();
            }
        });
    }

    it("lists the operations, tries one out with a token and with a password, and loads nothing from elsewhere", () =>
        withPlatform(async ({ url }, token, shots) => {
            const { page, context, complaints } = await openWindow(browser, url);
            await page.goto("/api/ui/");
            await page.locator("#operations-User-currentUserGet").waitFor();
            const described = (await (await fetch(`${url}/api/v1/swagger.json`)).json()) as { paths: object };
            const operations = Object.values(described.paths).flatMap((item) => Object.values(item as object));
            assert.equal(await page.locator(".opblock").count(), operations.length);
            await page.screenshot({ path: path.join(shots, "api.png"), fullPage: true });
            assert.deepEqual(complaints, []);

            await context.addCookies([{ name: "kept", value: "yes", url }]);
            const asked = page.waitForRequest((request) => request.url().endsWith("/user"));
            assert.match((await tryOut(page)).status, /^401/);
            const headers = await (await asked).allHeaders();
            assert.equal(
                headers.cookie,
                undefined,
                "with credentials of its own, a browser would ask for a password over the page",
            );
            complaints.length = 0; // browsers note every answer of 401

            await authorize(page, "sectionToken", [token]);
            const byToken = await tryOut(page);
            await page.screenshot({ path: path.join(shots, "api-tried.png"), fullPage: true });
            assert.match(byToken.status, /^200/);
            assert.equal(JSON.parse(byToken.body).email, email);

            await logOut(page, "sectionToken");
            await authorize(page, "basic", [email, password]);
            const byPassword = await tryOut(page);
            assert.match(byPassword.status, /^200/);
            assert.equal(JSON.parse(byPassword.body).email, email);
            const hints = /^verbose: \[DOM\] Input elements should have autocomplete attributes/; // to the authors of Swagger UI
            assert.deepEqual(
                complaints.filter((complaint) => !hints.test(complaint)),
                [],
            );
            await context.close();
        }));

    it("opens at an operation that an old link names", () =>
        withPlatform(async ({ url }) => {
            const { page, context, complaints } = await openWindow(browser, url);
            await page.goto("/api/ui/#!/Application/applicationClone");
            await page.locator("#operations-Application-applicationClone .opblock-body").waitFor();
            assert.deepEqual(complaints, []);
            await context.close();
        }));
});
