import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { Api, basic } from "../support/api";
import { excessWidth, findBarriers, focused, openWindow, sharedBrowser } from "../support/browser";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";

const password = "correct horse battery";

/** Waits for the line that says what went wrong. */
async function problemOf(page: Page): Promise<string> {
    const problem = page.getByRole("alert");
    await problem.waitFor();
    return (await problem.textContent()) ?? "";
}

describe("the link in a mail, in a real browser", () => {
    let browser: Browser;
    let platform: RunningPlatform;
    before(async function () {
        this.timeout(180_000);
        browser = await sharedBrowser();
        platform = await startPlatform();
    });
    after(() => platform.close());

    async function invite(organization: string, email: string): Promise<{ id: number; link: string }> {
        const { id } = await platform.api.must("POST", "/account", { name: organization });
        await platform.api.must("POST", `/account/${id}/user`, { email, first_name: "Jane" });
        return { id, link: (await platform.mailsTo(email)).at(-1)?.link ?? "" };
    }

    it("of an invitation names the organization, takes a password, and leads to the sign-in and the organization", async () => {
        const email = "jane@agency.example";
        const { id, link } = await invite("Bäckerei <b>Lindqvist</b>", email);
        const { page, context, complaints } = await openWindow(browser, platform.url);
        await page.goto(link);
        await page.getByRole("heading", { name: "Join Bäckerei <b>Lindqvist</b>", level: 1 }).waitFor();
        assert.equal(await page.title(), "Join Bäckerei <b>Lindqvist</b> · Section");
        assert.equal(await page.getByLabel("E-mail").inputValue(), email);
        assert.equal(await page.getByLabel("First name").inputValue(), "Jane", "as the invitation says");
        await page.getByLabel("Password").fill("short");
        await page.getByRole("button").click();
        assert.equal(
            await page.getByRole("heading", { level: 1 }).textContent(),
            "Join Bäckerei <b>Lindqvist</b>",
            "the browser asks for 10",
        );
        await page.getByLabel("Password").fill(password);
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { name: "You are a member of Bäckerei <b>Lindqvist</b>" }).waitFor();
        assert.equal((await focused(page)).name, "You are a member of Bäckerei <b>Lindqvist</b>");
        assert.equal(await page.locator("form").isVisible(), false);
        assert.ok((await page.getByText(`Sign in as ${email}.`).count()) === 1);
        await page.getByRole("link", { name: "Sign in and open Bäckerei <b>Lindqvist</b>" }).click();
        await page.getByRole("textbox", { name: "E-mail" }).fill(email);
        await page.getByRole("textbox", { name: "Password" }).fill(password);
        await page.keyboard.press("Enter");
        await page.waitForURL(`${platform.url}/account/${id}`);
        assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Bäckerei <b>Lindqvist</b>");
        assert.deepEqual(complaints, []);

        await page.goto(link);
        assert.equal(
            await problemOf(page),
            "This link is unknown, too old or used. Ask for another mail. If you have followed the link before, sign in.",
        );
        assert.equal(await page.locator("form").isVisible(), false, "nobody types a password for nothing");
        assert.equal(await page.getByRole("link", { name: "Sign in" }).isVisible(), true);
        await page.goto(`${platform.url}/public/accept`);
        assert.equal(await problemOf(page), "Open it from the mail again.");
        assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "This link is not complete");
        await context.close();
    });

    it("of a new address asks for the sign-in that counts now, whatever letters the password has", async () => {
        const odd = "pässwörter: 密码 ☂";
        const user = await platform.signUp("old@agency.example");
        await platform.setPassword("old@agency.example", odd);
        const begin = { email: "newer@agency.example" };
        const inPerson = new Api(platform.url, undefined);
        assert.equal((await inPerson.call("POST", "/user", begin, basic("old@agency.example", odd))).status, 200);
        const link = (await platform.mailsTo("newer@agency.example")).at(-1)?.link ?? "";
        const { page, context } = await openWindow(browser, platform.url);
        await page.goto(link);
        await page.getByLabel("Current e-mail address").fill("old@agency.example");
        await page.getByLabel("Password").fill("wrong password");
        await page.keyboard.press("Enter");
        assert.equal(await problemOf(page), "The e-mail address, the password or the one-time code is wrong.");
        await page.getByLabel("Password").fill(odd);
        await page.keyboard.press("Enter");
        await page.getByText("Sign in as newer@agency.example from now on.").waitFor();
        assert.equal(await page.getByRole("link", { name: "Sign in" }).getAttribute("href"), "/sign-in");
        assert.equal((await user.get("/user")).email, "newer@agency.example");
        await context.close();
    });

    it("has no barriers in light and dark, and fits a narrow screen, before and after", () =>
        withFolder(async (folder) => {
            const shots = process.env.SECTION_TEST_SCREENSHOTS ?? folder;
            await mkdir(shots, { recursive: true });
            for (const [look, options] of Object.entries({
                light: { colorScheme: "light" },
                dark: { colorScheme: "dark" },
                narrow: { colorScheme: "light", viewport: { width: 390, height: 740 } },
                "narrow-dark": { colorScheme: "dark", viewport: { width: 390, height: 740 } },
            } as const)) {
                const { page, context } = await openWindow(browser, platform.url, options);
                const check = async (name: string) => {
                    assert.deepEqual(await findBarriers(page), [], `${name} in ${look}`);
                    assert.equal(await excessWidth(page), 0, `${name} in ${look} is wider than the window`);
                    await page.screenshot({ path: path.join(shots, `${look}-${name}.png`), fullPage: true });
                };
                const { link } = await invite("Acme Outdoor", `${look}@agency.example`);
                await page.goto(link);
                await page.getByRole("heading", { name: "Join Acme Outdoor" }).waitFor();
                await check("accept");
                await page.getByLabel("Password").fill(password);
                await page.keyboard.press("Enter");
                await page.getByRole("link", { name: "Sign in and open Acme Outdoor" }).waitFor();
                await check("accepted");
                await page.goto(`${platform.url}/public/verify#none`);
                await check("verify");
                await page.goto(`${platform.url}/public/accept#none`);
                await problemOf(page);
                await check("dead-link");
                await context.close();
            }
        }));
});
