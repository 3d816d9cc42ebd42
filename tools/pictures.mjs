// `npm run docs:pictures`: the pages of the platform and of the estate as pictures for the docs, from a platform with
// the clients of an agency. Look at them before you commit them.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { ensureChromium, findChromium } from "./chromium.mjs";
import { repository, setUp } from "./setup.mjs";

const say = (line) => console.log(`· ${line}`);
const pictures = path.join(repository, "docs/pictures");
const email = "ada@agency.example";
const password = "correct horse battery staple";

const clients = [
    { name: "Acme Outdoor", hostnames: ["www.acme.example", "shop.acme.example"], people: ["olaf@acme.example"] },
    { name: "Bakery Lindqvist", hostnames: ["www.lindqvist.example"], people: ["karin@lindqvist.example"] },
    { name: "City Museum", hostnames: ["www.museum.example", "tickets.museum.example"], people: [] },
];

async function request(platform, token, method, at, body) {
    const answer = await fetch(`${platform.url}/api/v1${at}`, {
        method,
        headers: { "section-token": token },
        body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${at} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
}

async function makeSite(call, account, hostname) {
    const { id } = await call("POST", `/account/${account}/application/create`, {
        hostname,
        origin: `origin.${hostname}`,
        stackName: "varnish-6.3-basic",
    });
    const at = `/account/${account}/application/${id}`;
    await call("POST", `${at}/environment/create`, {
        name: "Staging",
        source_environment_name: "Production",
        domain_name: `staging-${hostname}`,
    });
    return at;
}

/** A commit that the comparison of Staging and Production shows. */
async function changeStaging(call, at) {
    const file = "varnish/default.vcl";
    const { commit, files } = await call("GET", `${at}/environment/Staging/content?file=${file}`);
    const { content } = files.find((each) => each.path === file);
    await call("POST", `${at}/environment/Staging/commit`, {
        expected: commit.commit,
        message: "Give up sooner on a slow origin\n\nVisitors left before it answered.",
        files: { [file]: content.replace("125s", "60s") },
    });
}

async function makeAgency(platform, token) {
    const call = (...words) => request(platform, token, ...words);
    const places = [];
    for (const { name, hostnames, people } of clients) {
        const account = await call("POST", "/account", { name });
        for (const hostname of hostnames) places.push(await makeSite(call, account.id, hostname));
        for (const each of people)
            await call("POST", `/account/${account.id}/user`, { email: each, accountCapability: "readonly" });
    }
    await changeStaging(call, places[0]);
    return places[0];
}

/** The estate's page as a file. */
async function writeEstate(platform, token, folder) {
    const file = path.join(folder, "estate.html");
    const command = [path.join(repository, "cli/bin/pulumi-section.js"), "estate", "--no-drift", "--out", file];
    await promisify(execFile)(process.execPath, command, {
        cwd: folder,
        env: { ...process.env, SECTION_ENDPOINT: platform.url, SECTION_TOKEN: token },
    });
    return pathToFileURL(file).href;
}

/** Runs in the page: a picture does not show where the platform was that it was taken of. */
function showAddress({ from, to }) {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace(from, to);
    for (const input of document.querySelectorAll("input")) input.value = input.value.replace(from, to);
}

async function takePictures(browser, platform, site, estate) {
    const context = await browser.newContext({ baseURL: platform.url, viewport: { width: 1000, height: 640 } });
    const page = await context.newPage();
    const take = async (name) => {
        await page.evaluate(showAddress, { from: platform.url, to: "https://section.agency.example" });
        await page.screenshot({ path: path.join(pictures, `${name}.png`) });
    };
    await page.goto("/sign-in");
    await page.getByRole("textbox", { name: "E-mail" }).fill(email);
    await page.getByRole("textbox", { name: "Password" }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL(`${platform.url}/`);
    for (const [name, address] of Object.entries({
        "platform-site": site,
        "platform-environment": `${site}/environment/Staging`,
        "platform-compare": `${site}/compare/Staging/Production`,
    })) {
        await page.goto(address);
        await take(name);
    }
    await page.setViewportSize({ width: 1280, height: 820 });
    await page.goto(estate);
    await take("estate");
    await context.close();
}

setUp(say);
ensureChromium(say);
const { startPlatform } = createRequire(path.join(repository, "platform/"))("./dist/index.js");
const folder = mkdtempSync(path.join(tmpdir(), "section-pictures-"));
const platform = await startPlatform({ dnsServers: ["127.0.0.1:9"] });
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
try {
    await platform.addUser({ email, firstName: "Ada", lastName: "Admin", password });
    const token = await platform.addToken({ email, description: "pictures" });
    const site = await makeAgency(platform, token);
    await takePictures(browser, platform, site, await writeEstate(platform, token, folder));
    say(`the pictures are in ${path.relative(repository, pictures)}`);
} finally {
    await browser.close();
    await platform.close();
    rmSync(folder, { recursive: true, force: true });
}
