import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { connect, createServer, type Socket } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Api } from "../../support/api";
import { mustGit } from "../../support/git";
import { signUpOffline } from "../../support/offline";
import { type SpawnedPlatform, sectionPlatform, spawnPlatform, withFolder } from "../../support/platform";

interface Begun {
    socket: Socket;
    answer: Promise<string>;
}

/** Begins a request and leaves it at a part of its body. */
async function beginRequest({ url }: SpawnedPlatform, token: string, body: string): Promise<Begun> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    let text = "";
    socket.on("data", (chunk) => {
        text += chunk;
    });
    const answer = new Promise<string>((resolve) => socket.once("close", () => resolve(text)));
    socket.write(
        `POST /api/v1/user HTTP/1.1\r\nHost: x\r\nsection-token: ${token}\r\nContent-Length: ${body.length}\r\n\r\n${body[0]}`,
    );
    await sleep(200);
    return { socket, answer };
}

const environment = { SECTION_PLATFORM_DRAIN_SECONDS: "2", SECTION_PLATFORM_LOG_LEVEL: "info" };

describe("serving, and stopping", function () {
    this.timeout(120_000);

    it("tells the balancer first, then answers what has begun, git included, then ends with 0", () =>
        withFolder(async (folder) => {
            const data = path.join(folder, "data");
            const token = await signUpOffline(data, "olga@agency.example");
            const platform = await spawnPlatform(data, { environment });
            const { gitUrl } = await new Api(platform.url, token).makeSite("Acme", "www.acme.example");
            const body = '{"company_name":"Acme"}';
            const begun = await beginRequest(platform, token, body);
            assert.equal((await fetch(`${platform.url}/readyz`)).status, 200);
            process.kill(platform.pid, "SIGTERM");
            await sleep(300);
            const ready = await fetch(`${platform.url}/readyz`);
            assert.deepEqual([ready.status, await ready.json()], [503, { status: "the platform is stopping" }]);
            await mustGit(folder, token, "clone", "--quiet", gitUrl, "x");
            await sleep(2_500);
            await assert.rejects(fetch(`${platform.url}/healthz`), "nothing new is accepted");
            begun.socket.write(body.slice(1));
            assert.match(await begun.answer, /^HTTP\/1\.1 200 .*connection: close.*"company_name":"Acme"/is);
            await platform.ended;
            assert.equal(await platform.stop(), 0);
        }));

    it("says whose edge records point to and that no certificates are issued, unless settings say otherwise", () =>
        withFolder(async (folder) => {
            const data = path.join(folder, "data");
            await signUpOffline(data, "olga@agency.example");
            const wordsOf = (more: Record<string, string>) =>
                new Promise<string[]>((resolve) => {
                    const env = { ...process.env, SECTION_PLATFORM_DATA_DIR: data, ...environment, ...more };
                    const args = [sectionPlatform, "serve", "--port", "0", "--log-level", "silent"];
                    const child = execFile(process.execPath, args, { env }, (_error, stdout) =>
                        resolve(stdout.trim().split("\n").slice(1)),
                    );
                    child.stdout?.once("data", () => setTimeout(() => child.kill("SIGTERM"), 500));
                });
            assert.deepEqual(await wordsOf({}), [
                "DNS records of sites point to Section's edge (c.section.io), unless SECTION_PLATFORM_EDGE_DOMAIN names another edge",
                "no certificates are issued, unless SECTION_PLATFORM_ACME_DIRECTORY names an authority",
            ]);
            const set = {
                SECTION_PLATFORM_EDGE_DOMAIN: "edge.agency.example",
                SECTION_PLATFORM_ACME_DIRECTORY: "https://127.0.0.1:9/directory",
            };
            assert.deepEqual(await wordsOf(set), []);
        }));

    it("lets the commands on people, tokens and accounts work meanwhile: a revoked token ends at once", () =>
        withFolder(async (data) => {
            const token = await signUpOffline(data, "olga@agency.example");
            const platform = await spawnPlatform(data);
            const run = (...args: string[]) =>
                new Promise<unknown>((resolve, reject) => {
                    const words = [sectionPlatform, ...args, "--data-dir", data, "--json"];
                    execFile(process.execPath, words, (error, stdout) => {
                        if (stdout === "") reject(error);
                        else resolve(JSON.parse(stdout));
                    });
                });
            const isTaken = async () => {
                const headers = { "section-token": token };
                return (await fetch(`${platform.url}/api/v1/user`, { headers })).status;
            };
            assert.equal(await isTaken(), 200);
            const tokens = (await run("token", "list", "olga@agency.example")) as { id: string }[];
            const own = tokens.find(({ id }) => token.includes(id));
            assert.ok(own, JSON.stringify(tokens));
            await run("token", "revoke", "olga@agency.example", own.id);
            assert.equal(await isTaken(), 401);
            const made = await run("token", "add", "olga@agency.example", "--description", "new");
            assert.match((made as { token: string }).token, /\w{20}/);
            assert.deepEqual(Object.keys(made as object), ["id", "scope", "expiresAt", "description", "token"]);
            const users = (await run("user", "list")) as { email: string }[];
            assert.deepEqual(
                users.map(({ email }) => email),
                ["olga@agency.example"],
            );
            assert.deepEqual(await run("account", "list"), []);
            assert.match(JSON.stringify(await run("token", "list", "nobody@agency.example")), /Add the user first/);
            assert.match(
                JSON.stringify(await run("check")),
                /directory-locked/,
                "what reads everything waits for its end",
            );
            assert.equal(await platform.stop(), 0);
        }));

    it("waits for nobody where no balancer asks, and the second signal ends it at once", () =>
        withFolder(async (data) => {
            const token = await signUpOffline(data, "olga@agency.example");
            const patient = await spawnPlatform(data, {
                environment: { ...environment, SECTION_PLATFORM_DRAIN_SECONDS: "60" },
            });
            const begunMs = Date.now();
            assert.equal(await patient.stop(), 0);
            assert.ok(Date.now() - begunMs < 30_000);
            const platform = await spawnPlatform(data, { environment });
            const begun = await beginRequest(platform, token, "{ }");
            process.kill(platform.pid, "SIGTERM");
            await sleep(500);
            assert.equal(await platform.stop(), 143);
            assert.equal(await begun.answer, "");
            assert.equal(await (await spawnPlatform(data)).stop(), 0, "and the next one starts");
        }));

    it("cuts off what takes too long to end", () =>
        withFolder(async (data) => {
            const token = await signUpOffline(data, "olga@agency.example");
            const platform = await spawnPlatform(data, {
                environment: { ...environment, SECTION_PLATFORM_CLOSE_SECONDS: "1" },
            });
            const begun = await beginRequest(platform, token, "{ }");
            assert.equal(await platform.stop(), 0);
            assert.equal(await begun.answer, "");
        }));

    it("says in one line why it cannot start", () =>
        withFolder(async (folder) => {
            const serve = (args: string[], more: NodeJS.ProcessEnv = {}) =>
                new Promise<string>((resolve) => {
                    execFile(
                        process.execPath,
                        [sectionPlatform, "serve", ...args],
                        { env: { ...process.env, ...more } },
                        (error, _stdout, stderr) => resolve(`${error?.code} ${stderr}`),
                    );
                });
            const taken = createServer();
            await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
            const { port } = taken.address() as { port: number };
            const lines = await Promise.all([
                serve(["--data-dir", path.join(folder, "a"), "--port", String(port), "--log-level", "silent"]),
                serve(["--data-dir", path.join(folder, "b"), "--tls-cert-file", "/none", "--tls-key-file", "/none"]),
                serve(["--data-dir", path.join(folder, "c")], { DATABASE_URL: "postgres://section@127.0.0.1:9/x" }),
                serve(["--data-dir", path.join(sectionPlatform, "data")]),
                serve(["--data-dir", path.join(folder, "d"), "--log-level", "loud"]),
                serve(["--data-dir", path.join(folder, "e")], { SECTION_PLATFORM_DRAIN_SECOND: "1" }),
            ]);
            taken.close();
            const patterns = [
                new RegExp(`127\\.0\\.0\\.1:${port} is in use by another process`),
                /\/none cannot be read \(ENOENT\)/,
                /the database does not answer \(connect ECONNREFUSED 127\.0\.0\.1:9\)/,
                /section-platform\.js\/data is not a folder\. Choose another place\./,
                /logLevel \(SECTION_PLATFORM_LOG_LEVEL\)/,
                /did you mean SECTION_PLATFORM_DRAIN_SECONDS\?/,
            ];
            for (const [index, line] of lines.entries()) {
                assert.match(line, /^1 section-platform: [^\n]+\n$/);
                assert.match(line, patterns[index] as RegExp);
            }
        }));
});
