import assert from "node:assert/strict";
import { cp, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "csv-parse/sync";
import type { Browser, Page } from "playwright-core";
import { pageScript } from "../../cli/estate/page-script";
import type { EstateReport } from "../../cli/estate/report";
import { soonDays } from "../../cli/estate/report";
import { reportPage } from "../../cli/estate/report-page";
import { excessWidth, findBarriers, focused, openWindow, sharedBrowser, tabTo, until } from "../support/browser";
import { issueCertificate } from "../support/certificates";
import { makeReport } from "../support/estate-report";
import { startPlatform, withFolder } from "../support/platform";
import { pulumiSection } from "../support/provider-command";
import { mustPulumi } from "../support/pulumi";
import { engineVariables } from "../support/stack";

const dayMs = 86_400_000;
const looks = {
    light: { colorScheme: "light" },
    dark: { colorScheme: "dark" },
    narrow: { colorScheme: "light", viewport: { width: 360, height: 740 } },
} as const;

/** Replaces text that differs between two runs. */
function steady(output: string): string {
    return output
        .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "https://aperture.section.io")
        .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)? UTC/g, "MOMENT")
        .replaceAll(/request \d{12}\.\d{6}/g, "REQUEST")
        .replaceAll(/ +$/gm, "");
}

/** The output that docs/estate.md shows below a command. */
async function shownSession(command: string): Promise<string> {
    const page = await readFile("docs/estate.md", "utf8");
    const [, answer = assert.fail(`docs/estate.md does not show ${command}`)] = page.split(
        `\`\`\`console\n$ ${command}\n`,
    );
    return answer.split("```")[0] as string;
}

const visibleSites = (page: Page) => page.locator("tbody.site:visible");
const twoFrames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";

describe("the estate", () => {
    let browser: Browser;
    before(async function () {
        this.timeout(180_000);
        browser = await sharedBrowser();
    });

    it("is shown as docs/estate.md says, with drift of the stack, as words, page, CSV and JSON that agree", () =>
        withFolder(async (folder) => {
            const platform = await startPlatform();
            try {
                const cwd = path.join(folder, "program");
                await cp("examples/drift", cwd, { recursive: true });
                await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
                const settings = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
                const options = { cwd, folder, environment: settings };
                await mustPulumi(["stack", "init", "story"], options);
                await mustPulumi(["up", "--yes", "--skip-preview"], options);
                const { api } = platform;
                await api.must("POST", "/account", { name: "Museum" });
                const shop = "/account/1/application/1/environment/Production/domain/shop.acme.example";
                await api.must("DELETE", shop);
                const until = new Date(Date.now() + 12.5 * dayMs);
                const { certificate, key } = await issueCertificate({ names: ["www.acme.example"], until });
                const upload = {
                    type: "custom",
                    verify_only: false,
                    public_certificates: certificate,
                    private_key: key,
                };
                await api.must("POST", "/account/1/domain/www.acme.example/https", upload);

                const environment = { ...(await engineVariables(folder)), ...settings };
                const estate = async (...args: string[]) => {
                    const { code, stdout, stderr } = await pulumiSection(["estate", ...args], { cwd, environment });
                    assert.equal(code, 0, stderr);
                    return { stdout, stderr };
                };
                const words = await estate();
                assert.equal(steady(words.stdout), steady(await shownSession("pulumi-section estate")));
                assert.equal(words.stderr.replaceAll(/^.* \.\.\. \d+ s\n/gm, ""), "");

                const report: EstateReport = JSON.parse((await estate("--json")).stdout);
                const rows: Record<string, string>[] = parse((await estate("--format", "csv", "--no-drift")).stdout, {
                    columns: true,
                });
                const environments = report.clients.flatMap(({ sites }) => sites).flatMap((site) => site.environments);
                assert.deepEqual(
                    rows.map(({ client, environment_id, hostname, certificate_days_left }) => [
                        client,
                        environment_id,
                        hostname,
                        certificate_days_left,
                    ]),
                    [
                        ...environments.flatMap(({ id, domains }) =>
                            domains.map((domain) => [
                                "Acme",
                                id,
                                domain.hostname,
                                String(domain.certificate?.daysLeft ?? ""),
                            ]),
                        ),
                        ["Museum", "", "", ""],
                    ],
                );
                assert.deepEqual([...new Set(rows.map(({ drift }) => drift))], ["not asked", ""]);
                assert.equal(report.clients[0]?.sites[0]?.certificateDaysLeft, 12);

                const written = await estate("--out", "estate.html");
                assert.match(written.stderr, /written to .*\/estate\.html, [\d,]+ bytes\n/);
                assert.equal(steady(written.stdout), steady(words.stdout));
                const file = pathToFileURL(path.join(cwd, "estate.html")).href;
                const shots = process.env.SECTION_TEST_SCREENSHOTS ?? path.join(folder, "screenshots");
                await mkdir(shots, { recursive: true });
                for (const [look, window] of Object.entries(looks)) {
                    const { page, context, complaints } = await openWindow(browser, "file:///", window);
                    await page.goto(file);
                    assert.equal(await page.locator("h1").count(), 1);
                    await page.locator("summary").first().click();
                    assert.deepEqual(await findBarriers(page), [], look);
                    assert.equal(await excessWidth(page), 0, `${look} is wider than the window`);
                    await page.screenshot({ path: path.join(shots, `estate-${look}.png`), fullPage: true });
                    assert.deepEqual(complaints, [], look);
                    await context.close();
                }
                const html = await readFile(path.join(cwd, "estate.html"), "utf8");
                for (const text of [html, words.stdout, JSON.stringify(report)])
                    assert.ok(!text.includes(platform.token), "the token was told");
                await api.must("POST", shop);
                assert.match(await mustPulumi(["preview"], options), /Resources:\n\s+6 unchanged/);
            } finally {
                await platform.close();
            }
        }));

    it("is searched and filtered with the keyboard alone, and the address says what one sees", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "estate.html");
            const report = makeReport(60);
            await writeFile(file, reportPage(report));
            const url = pathToFileURL(file).href;
            const { page, context, complaints } = await openWindow(browser, "file:///");
            await page.goto(url);
            assert.deepEqual(await tabTo(page, "Search"), ["Search"], "the first thing that Tab leads to");
            await page.keyboard.type("backerei shop.site42");
            await until(page, "document.querySelectorAll('tbody.site:not([hidden])').length === 1");
            await page.keyboard.press("Enter");
            assert.deepEqual(await focused(page), { name: "www.site42.example", isVisible: true });
            await until(page, "location.hash === '#q=backerei+shop.site42'");
            assert.equal(await page.locator("#count").textContent(), "1 of 60 sites");
            await page.keyboard.press("Enter");
            await until(page, "location.hash === '#q=1008%2F7042'");
            assert.equal(await page.locator("#q").inputValue(), "1008/7042", "a site's link shows it alone");

            const sites = report.clients.flatMap((client) => client.sites);
            const drifted = sites.filter(({ drift }) => drift.state === "drifted").length;
            const soon = sites.filter(({ certificateDaysLeft = soonDays }) => certificateDaysLeft < soonDays).length;
            const shows = async (fragment: string, count: number) => {
                await page.goto("about:blank");
                await page.goto(url + fragment);
                assert.equal(await visibleSites(page).count(), count, fragment);
                assert.equal(await page.locator("#count").textContent(), `${count} of 60 sites`);
            };
            assert.ok(drifted > 0 && soon > 0);
            await shows("#drift=1", drifted);
            await shows("#cert=1", soon);
            await shows("#live=no", sites.filter(({ live }) => live === "no").length);
            await shows("#client=1008", 5);
            assert.equal(await page.locator("tbody.client:visible").count(), 1);
            await shows(
                "#client=1008&live=yes",
                sites.filter(({ id, live }) => id.startsWith("1008/") && live === "yes").length,
            );
            await shows("#q=nothing+like+this", 0);
            assert.ok(await page.locator("#none").isVisible());
            await shows("#client=there-is-none", 60);

            await tabTo(page, "drifted");
            await page.keyboard.press("Space");
            await until(page, `document.getElementById('count').textContent === '${drifted} of 60 sites'`);
            await tabTo(page, "Show all");
            await page.keyboard.press("Enter");
            await until(page, "document.getElementById('count').textContent === '60 of 60 sites'");
            assert.equal((await focused(page)).name, "Search");
            await tabTo(page, "Map of Outdoor 0");
            await page.keyboard.press("Enter");
            assert.ok(await page.locator(".tree").first().isVisible());
            await page.getByRole("link", { name: "drifted" }).click();
            await until(page, `document.getElementById('count').textContent === '${drifted} of 60 sites'`);
            for (const look of Object.values(looks)) {
                const window = await openWindow(browser, "file:///", look);
                await window.page.goto(`${url}#client=1008`);
                await window.page.locator("summary:visible").first().click();
                assert.deepEqual(await findBarriers(window.page), []);
                assert.equal(await excessWidth(window.page), 0);
                await window.context.close();
            }
            assert.deepEqual(complaints, []);
            await context.close();

            const quiet = await openWindow(browser, "file:///", { javaScriptEnabled: false });
            await quiet.page.goto(url);
            assert.deepEqual(
                [await visibleSites(quiet.page).count(), await quiet.page.locator("#controls").isVisible()],
                [60, false],
                "without scripts all is shown",
            );
            await quiet.context.close();
        }));

    it("has a site of 1,000 in view within 5 seconds", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "estate.html");
            const text = reportPage(makeReport(1_000));
            assert.ok(text.includes(pageScript));
            await writeFile(file, text);
            const { size } = await stat(file);
            for (const [look, window] of Object.entries({ wide: looks.light, narrow: looks.narrow })) {
                const { page, context, complaints } = await openWindow(browser, "file:///", window);
                await page.goto(pathToFileURL(file).href);
                const loadMs = await page.evaluate(
                    "Math.round(performance.getEntriesByType('navigation')[0].loadEventEnd)",
                );
                await page.evaluate(twoFrames);
                await page.locator("#q").focus();
                const startedAt = Date.now();
                await page.keyboard.type("shop.site776");
                await page.evaluate(twoFrames);
                const isSeen = await page.getByRole("link", { name: "www.site776.example" }).isVisible();
                const searchMs = Date.now() - startedAt;
                assert.ok(isSeen);
                assert.equal(await visibleSites(page).count(), 1);
                assert.ok(
                    (await page.getByRole("link", { name: "www.site776.example" }).boundingBox())!.y <
                        (page.viewportSize()?.height ?? 0),
                    "in the window",
                );
                process.stdout.write(
                    `      1,000 sites, ${look}: ${size.toLocaleString("en")} bytes, loaded in ${loadMs} ms, 12 keys to the site in view ${searchMs} ms\n`,
                );
                assert.ok(searchMs < 5_000, `${searchMs} ms`);
                await page.screenshot({
                    path: path.join(process.env.SECTION_TEST_SCREENSHOTS ?? folder, `estate-1000-${look}.png`),
                });
                assert.equal(await excessWidth(page), 0);
                assert.deepEqual(complaints, []);
                await context.close();
            }
        }));
});
