import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { excessWidth, findBarriers, focused, openWindow, sharedBrowser, tabTo, until } from "../support/browser";
import { mustGit } from "../support/git";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";

const email = "ada@agency.example";
const password = "correct horse battery staple";
const hostile = "<img src=x onerror=alert(1)>";

/** An agency with one site that somebody works on. */
async function makeAgency(platform: RunningPlatform, folder: string) {
    const api = await platform.signUp(email, "write", password);
    await api.makeSite(hostile, "www.hostile.example");
    const { account, application, gitUrl } = await api.makeSite("Acme Outdoor", "www.acme.example");
    const at = `/account/${account}/application/${application}`;
    await api.must("POST", `${at}/environment/create`, {
        name: "Staging",
        source_environment_name: "Production",
        domain_name: "staging.acme.example",
    });
    await api.must("POST", `${at}/environment/Production/domain/acme.example`);
    await api.must("POST", `${at}/environment/Staging/ipRestrictions`, {
        ip_blacklist: ["192.0.2.4", "198.51.100.0/24"],
    });
    await api.must("POST", `/account/${account}/user`, { email: "olaf@acme.example", accountCapability: "readonly" });
    const clone = path.join(folder, "clone");
    const token = api.token as string;
    await mustGit(folder, token, "clone", "-q", "-b", "Staging", gitUrl, clone);
    const vcl = path.join(clone, "varnish/default.vcl");
    const long = `    # ${"a line that does not fit onto a narrow screen ".repeat(5)}\n`;
    await writeFile(
        vcl,
        (await readFile(vcl, "utf8")).replace("sub vcl_recv {\n", `sub vcl_recv {\n${long}`).replace("125s", "60s"),
    );
    await writeFile(path.join(clone, "logo.png"), Buffer.from([0, 1, 2]));
    await mustGit(clone, token, "add", "-A");
    await mustGit(
        clone,
        token,
        "commit",
        "-qm",
        "Give up sooner on a slow origin\n\nVisitors left before it answered.",
    );
    await mustGit(clone, token, "push", "-q");
    const commit = (await mustGit(clone, token, "rev-parse", "HEAD")).trim();
    const pages = {
        organizations: "/",
        organization: `/account/${account}`,
        members: `/account/${account}/user`,
        hostnames: `/account/${account}/domains`,
        hostname: `/account/${account}/domain/acme.example`,
        site: at,
        environment: `${at}/environment/Staging`,
        commit: `${at}/commit/${commit}`,
        comparison: `${at}/compare/Staging/Production`,
        file: `${at}/environment/Staging/file/varnish/default.vcl`,
    };
    return { at, commit, pages };
}

describe("the pages in a real browser", () => {
    let browser: Browser;
    before(async function () {
        this.timeout(180_000);
        browser = await sharedBrowser();
    });

    function withAgency(
        work: (
            platform: RunningPlatform,
            agency: Awaited<ReturnType<typeof makeAgency>>,
            folder: string,
        ) => Promise<void>,
    ): Promise<void> {
        return withFolder(async (folder) => {
            const platform = await startPlatform();
            try {
                await work(platform, await makeAgency(platform, folder), folder);
            } finally {
                await platform.close();
            }
        });
    }

    it("lead from the sign-in to the lines of a commit, with the keyboard alone", () =>
        withAgency(async ({ url }, { at, commit }) => {
            const { page, context, complaints } = await openWindow(browser, url);
            const enter = async (expected: string) => {
                await page.keyboard.press("Enter");
                await page.waitForURL(url + expected);
            };

            await page.goto("/");
            assert.equal(new URL(page.url()).pathname, "/sign-in");
            assert.deepEqual(await tabTo(page, "E-mail"), ["Skip to content", "Section", "E-mail"]);
            await page.keyboard.type(email);
            await tabTo(page, "Password");
            await page.keyboard.type(password);
            await enter("/");

            assert.equal(await page.locator("img").count(), 1, "a name is never markup");
            assert.deepEqual(await tabTo(page, hostile), ["Skip to content", "Section", "Sign out", hostile]);
            await page.reload();
            assert.deepEqual(await tabTo(page, "Skip to content"), ["Skip to content"]);
            await page.keyboard.press("Enter");
            assert.deepEqual(await tabTo(page, "Acme Outdoor"), [hostile, "Acme Outdoor"], "past the frame");
            await enter(at.replace(/\/application.*/, ""));

            await tabTo(page, "www.acme.example");
            await enter(at);
            const order = await tabTo(page, "Repository");
            assert.deepEqual(order, [
                "Skip to content",
                "Section",
                "Sign out",
                "Acme Outdoor",
                "Production",
                "initial section.config.json",
                "www.acme.example",
                "acme.example",
                "Staging",
                "Give up sooner on a slow origin",
                "staging.acme.example",
                "Compare with Production",
                "Repository",
            ]);
            const selected = await page.evaluate("getSelection().toString()");
            assert.match(String(selected), /^http.*\/www\.acme\.example\.git$/, "ready to be copied");
            await page.reload();
            await tabTo(page, "Staging");
            await enter(`${at}/environment/Staging`);
            await tabTo(page, "Give up sooner on a slow origin");
            await enter(`${at}/commit/${commit}`);

            await tabTo(page, "Lines of varnish/default.vcl");
            await page.keyboard.press("ArrowRight");
            await until(page, "document.activeElement.scrollLeft > 0");
            assert.deepEqual(
                await page
                    .locator("details.file")
                    .evaluateAll((all) => all.map((each) => (each as unknown as { open: boolean }).open)),
                [true, true],
            );
            await page.keyboard.press("Shift+Tab");
            assert.match((await focused(page)).name, /^varnish\/default\.vcl Changed · \+2 −1$/);
            await page.keyboard.press("Space");
            assert.equal(await page.locator("details.file[open]").count(), 1, "a file can be closed");
            await page.keyboard.press("Enter");
            assert.equal(await page.locator("del").textContent(), "    .first_byte_timeout = 125s;");

            await page.reload();
            await tabTo(page, "Sign out");
            await enter("/sign-in");
            await page.goBack();
            await page.waitForURL(/\/sign-in/, { timeout: 60_000 });
            assert.equal(await page.locator("del").count(), 0, "what was shown before is not shown again");
            assert.deepEqual(complaints, []);
            await context.close();
        }));

    it("have no barriers in light and dark, fit a narrow screen, and ask nobody else for anything", () =>
        withAgency(async ({ url }, { pages }, folder) => {
            const shots = process.env.SECTION_TEST_SCREENSHOTS ?? path.join(folder, "screenshots");
            await mkdir(shots, { recursive: true });
            for (const [look, options] of Object.entries({
                light: { colorScheme: "light" },
                dark: { colorScheme: "dark" },
                narrow: { colorScheme: "light", viewport: { width: 360, height: 740 } },
            } as const)) {
                const { page, context, complaints } = await openWindow(browser, url, options);
                const check = async (name: string) => {
                    assert.deepEqual(await findBarriers(page), [], `${name} in ${look}`);
                    assert.equal(await excessWidth(page), 0, `${name} in ${look} is wider than the window`);
                    await page.screenshot({ path: path.join(shots, `${look}-${name}.png`), fullPage: true });
                };
                await page.goto("/sign-in");
                await check("sign-in");
                await page.getByRole("textbox", { name: "E-mail" }).fill(email);
                await page.getByRole("textbox", { name: "Password" }).fill(password);
                await page.getByRole("button", { name: "Sign in", exact: true }).click();
                await page.waitForURL(`${url}/`);
                for (const [name, address] of Object.entries(pages)) {
                    await page.goto(address);
                    assert.equal(await page.locator("h1").count(), 1, name);
                    await check(name);
                }
                assert.deepEqual(complaints, [], look);
                await page.goto("/account/4711");
                await check("missing");
                await context.close();
            }
        }));

    it("work without any script", () =>
        withAgency(async ({ url }, { pages }) => {
            const { page, context, complaints } = await openWindow(browser, url, { javaScriptEnabled: false });
            await page.goto(pages.commit);
            await page.getByRole("textbox", { name: "API token" }).fill("section_wrong");
            await page.getByRole("button", { name: "Sign in with token" }).click();
            assert.match((await page.getByRole("alert").textContent()) ?? "", /this API token is not valid/);
            complaints.length = 0; // browsers note every answer of 401
            await page.getByRole("textbox", { name: "E-mail" }).fill(email);
            await page.getByRole("textbox", { name: "Password" }).fill(password);
            await page.keyboard.press("Enter");
            await page.waitForURL(url + pages.commit);
            assert.equal(
                await page.getByRole("heading", { level: 1 }).textContent(),
                "Give up sooner on a slow origin",
            );
            await page.goto(pages.organization);
            await page.getByRole("link", { name: "www.acme.example" }).first().click();
            assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "www.acme.example");
            assert.deepEqual(complaints, []);
            await context.close();
        }));
});
