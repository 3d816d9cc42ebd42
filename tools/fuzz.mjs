// `npm run fuzz`: Schemathesis, a tool of others, sends a platform requests that its description allows and forbids.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { findSchemathesis } from "./schemathesis/find-schemathesis.mjs";
import { giveUp, repository, setUp } from "./setup.mjs";

const help = `npm run fuzz [-- OPTION...]

Starts a temporary platform and runs Schemathesis against its /api/v1/swagger.yaml: inside of an account with a site, then
anywhere. Ends with a count; fails where an answer is a 5xx, or is not what the description says.

  --seed NUMBER       repeats a run; default: another one each time
  --examples NUMBER   requests made at random for each operation, beside those that Schemathesis derives; default 50
  --help              this text`;

// so that its guesses of right requests succeed, and ids lead to the expected things
const checksLeftOut = [
    "positive_data_acceptance",
    "use_after_free",
    "ensure_resource_availability",
    "object_level_authorization",
];

function readFlags() {
    try {
        return parseArgs({
            options: {
                seed: { type: "string", default: String(Date.now() % 1_000_000) },
                examples: { type: "string", default: "50" },
                help: { type: "boolean", default: false },
            },
        }).values;
    } catch (error) {
        return giveUp(`${error.message}. \`npm run fuzz -- --help\` lists the options.`);
    }
}

const flags = readFlags();
if (flags.help) {
    console.log(help);
    process.exit(0);
}
for (const name of ["seed", "examples"]) if (!/^\d{1,9}$/.test(flags[name])) giveUp(`--${name} must be a number`);
const say = (line) => console.log(`· ${line}`);
setUp(say);
const python = await findSchemathesis(say).catch((error) => giveUp(`npm run fuzz: ${error.message}`));

/** A client that throws unless it succeeds. */
function clientOf(url, token) {
    return async (method, address, body) => {
        const answer = await fetch(`${url}/api/v1${address}`, {
            method,
            headers: { "section-token": token },
            body: body && JSON.stringify(body),
        });
        if (!answer.ok) throw new Error(`${method} ${address}: ${await answer.text()}`);
        return answer.json();
    };
}

/** A platform with a site, and its token. */
async function startSite() {
    const { startPlatform } = createRequire(path.join(repository, "platform/"))("section-platform");
    const platform = await startPlatform({ dnsServers: ["127.0.0.1:9"], registration: true, maxEventLoopDelayMs: 0 });
    const email = "fuzz@agency.example";
    await platform.addUser({ email });
    const token = await platform.addToken({ email, description: "fuzz" });
    const call = clientOf(platform.url, token);
    const { id: account } = await call("POST", "/account", { name: "Fuzz" });
    const { id: application } = await call("POST", `/account/${account}/application/create`, {
        hostname: "www.fuzz.example",
        origin: "192.0.2.1",
    });
    await call("POST", `/account/${account}/application/${application}/environment/Production/enableHostedDNS`, {
        zoneName: "fuzz.example",
    });
    const { user: guest } = await call("POST", `/account/${account}/user`, { email: "guest@agency.example" });
    const spare = await call("POST", "/user/token", { description: "to be deleted" });
    return { platform, token, account, application, guest: guest.id, spareToken: spare.id };
}

/**
 * Settings of Schemathesis. The token comes out of the environment: other users of the machine can see a command line.
 */
function settingsOf({ account, application, guest, spareToken }, description, isInside) {
    // Swagger 2.0 cannot say that one answer of an operation has no body, and so no type
    const bodiless = Object.values(description.paths)
        .flatMap((item) => Object.values(item))
        .filter(({ responses }) =>
            Object.entries(responses).some(([status, { schema }]) => status < 300 && schema === undefined),
        )
        .map(({ operationId }) => operationId);
    const inside = {
        "path.accountId": account,
        "path.applicationId": application,
        "path.environmentName": "Production",
        "path.proxyName": "varnish",
        "path.zoneName": "fuzz.example",
        "path.hostName": "www.fuzz.example",
        "path.userId": guest,
        "path.helpId": "dns",
        "path.operationName": "ban",
        "path.recordName": "mail.fuzz.example",
        "path.recordType": "A",
    };
    const parameters = { ...(isInside && inside), "path.tokenId": spareToken }; // its own token stays
    const lines = Object.entries(parameters).map(
        ([name, value]) => `${JSON.stringify(name)} = ${JSON.stringify(value)}`,
    );
    return `[auth.openapi]
sectionToken = { api_key = "\${SECTION_FUZZ_TOKEN}" }
[parameters]
${lines.join("\n")}
[checks]
${checksLeftOut.map((name) => `${name}.enabled = false`).join("\n")}
negative_data_rejection.expected-statuses = [400, 401, 403, 404, 405, 413, 429, 431]
[[operations]]
include-operation-id = ${JSON.stringify(bodiless)}
checks.content_type_conformance.enabled = false
[[operations]]
include-operation-id = ["applicationDelete", "zoneDelete"]
parameters = { "path.applicationId" = 999999, "path.zoneName" = "nowhere.example" }
`;
}

/** Runs it, and returns its output and exit code. */
function runSchemathesis(folder, { url, token }) {
    const options = ["--phases", "examples,coverage,fuzzing", "--continue-on-failure", "--warnings", "off"];
    const amount = ["--seed", flags.seed, "--max-examples", flags.examples];
    const command = [
        "-m",
        "schemathesis.cli",
        "--no-color",
        "run",
        `${url}/api/v1/swagger.yaml`,
        ...options,
        ...amount,
    ];
    const child = spawn(python, command, {
        cwd: folder,
        env: { ...process.env, SECTION_FUZZ_TOKEN: token },
        stdio: ["ignore", "pipe", "pipe"],
    });
    const words = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => words.push(chunk));
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (code) => resolve({ code, words: Buffer.concat(words).toString("utf8") }));
    });
}

/** Counts answers by status. */
async function countStatuses(url) {
    const counts = {};
    for (const [, status, count] of (await (await fetch(`${url}/metrics`)).text()).matchAll(
        /^section_http_request_seconds_count\{.*route="\/api\/v1\/.*status="(\d+)"\} (\d+)$/gm,
    ))
        counts[status] = (counts[status] ?? 0) + Number(count);
    return counts;
}

async function fuzz(place) {
    const site = await startSite();
    const folder = await mkdtemp(path.join(tmpdir(), "section-fuzz-"));
    try {
        const { url } = site.platform;
        const description = await (await fetch(`${url}/api/v1/swagger.json`)).json();
        await writeFile(path.join(folder, "schemathesis.toml"), settingsOf(site, description, place === "inside"));
        const { code, words } = await runSchemathesis(folder, { url, token: site.token });
        const statuses = await countStatuses(url);
        if (code !== 0) console.log(words.replaceAll(/^(.{400}).*$/gm, "$1…"));
        const [, requests = "0"] = /^\s*(\d+) generated/m.exec(words) ?? [];
        const [, operations = "0"] = /^\s*Tested: (\d+)/m.exec(words) ?? [];
        say(
            `${place}: ${operations} operations, ${requests} requests, ${code === 0 ? "nothing" : "something"} found; ${JSON.stringify(statuses)}`,
        );
        return code === 0 && Number(requests) > 0;
    } finally {
        await rm(folder, { recursive: true, force: true });
        await site.platform.close();
    }
}

say(`seed ${flags.seed}`);
const isFine = [await fuzz("inside"), await fuzz("anywhere")];
process.exit(isFine.every(Boolean) ? 0 : 1);
