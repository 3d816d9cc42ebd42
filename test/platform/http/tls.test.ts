import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { request } from "node:https";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ConnectionOptions, connect } from "node:tls";
import { pino } from "pino";
import { startPlatform } from "section-platform";
import { readTls, renewTls, type TlsContext } from "../../../platform/http/tls";
import { type Issued, issueCertificate, issueChain } from "../../support/certificates";
import { mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { seedDatabase } from "../../support/seed";

const name = "platform.agency.example";
const issue = (until?: Date) => issueCertificate({ names: [name, "localhost"], until });

async function writePair(folder: string, { certificate, key }: Issued) {
    const files = { certFile: path.join(folder, "cert.pem"), keyFile: path.join(folder, "key.pem") };
    await writeFile(files.certFile, certificate);
    await writeFile(files.keyFile, key);
    return files;
}

function get(
    url: string,
    ca: string,
    headers: Record<string, string> = {},
): Promise<{ status: number; json: unknown }> {
    return new Promise((resolve, reject) => {
        const asking = request(url, { ca, headers, servername: name, agent: false }, (answer) => {
            let text = "";
            answer.on("data", (chunk) => {
                text += chunk;
            });
            answer.on("end", () => resolve({ status: answer.statusCode ?? 0, json: JSON.parse(text) }));
        });
        asking.on("error", reject);
        asking.end();
    });
}

/** The version of TLS that the two agree on, or why they do not. */
function agree(url: string, options: ConnectionOptions): Promise<string> {
    return new Promise((resolve) => {
        const socket = connect(
            { port: Number(new URL(url).port), host: "127.0.0.1", rejectUnauthorized: false, ...options },
            () => {
                resolve(socket.getProtocol() ?? "none");
                socket.destroy();
            },
        );
        socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
}

describe("TLS by files", function () {
    this.timeout(60_000);

    it("serves REST and git over HTTPS only, from TLS 1.2 on", () =>
        withFolder(async (folder) => {
            const { root, site: key, publicCertificates } = await issueChain([name, "localhost"]);
            const { certFile: tlsCertFile, keyFile: tlsKeyFile } = await writePair(folder, {
                ...key,
                certificate: publicCertificates,
            });
            const dataDir = path.join(folder, "data");
            await seedDatabase(dataDir);
            const platform = await startPlatform({ dataDir, tlsCertFile, tlsKeyFile });
            try {
                assert.match(platform.url, /^https:\/\/127\.0\.0\.1:\d+$/);
                await platform.addUser({ email: "olga@agency.example" });
                const token = await platform.addToken({ email: "olga@agency.example", description: "x" });
                const headers = { "section-token": token };
                assert.equal((await get(`${platform.url}/api/v1/user`, root.certificate, headers)).status, 200);
                const body = JSON.stringify({ name: "Acme", hostname: "www.acme.example", origin: "192.0.2.1" });
                const made = await new Promise<{ id: number; applications: { id: number; git_url: string }[] }>(
                    (resolve, reject) => {
                        const options = {
                            method: "POST",
                            ca: root.certificate,
                            servername: name,
                            headers,
                            agent: false,
                        };
                        const asking = request(`${platform.url}/api/v1/account/create`, options, (answer) => {
                            answer.on("data", (chunk) => resolve(JSON.parse(chunk)));
                        });
                        asking.on("error", reject);
                        asking.end(body);
                    },
                );
                const site = (
                    await get(`${platform.url}/api/v1/account/${made.id}/application`, root.certificate, headers)
                ).json as { git_url: string }[];
                assert.match(site[0]?.git_url ?? "", /^https:\/\//);
                await mustGit(
                    folder,
                    token,
                    "-c",
                    "http.sslVerify=false",
                    "clone",
                    "--quiet",
                    (site[0]?.git_url ?? "").replace("127.0.0.1", "localhost"),
                    "x",
                );
                assert.equal(await agree(platform.url, { minVersion: "TLSv1.2", maxVersion: "TLSv1.2" }), "TLSv1.2");
                assert.equal(await agree(platform.url, {}), "TLSv1.3");
                assert.match(
                    await agree(platform.url, {
                        minVersion: "TLSv1.1",
                        maxVersion: "TLSv1.1",
                        ciphers: "ALL@SECLEVEL=0",
                    }),
                    /PROTOCOL_VERSION/,
                );
                await assert.rejects(fetch(`${platform.url.replace("https", "http")}/healthz`));
            } finally {
                await platform.close();
            }
        }));

    it("takes a renewed pair without a restart, and keeps the old one when the new one does not fit", () =>
        withFolder(async (folder) => {
            const [first, second] = [await issue(), await issue()];
            const files = await writePair(folder, first);
            const given: TlsContext[] = [];
            const lines: { msg: string }[] = [];
            const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
            const stop = renewTls(
                { setSecureContext: (context) => void given.push(context as TlsContext) },
                files,
                await readTls(files),
                log,
                { everyMs: 20 },
            );
            const until = async (isReached: () => boolean) => {
                while (!isReached()) await sleep(10);
            };
            await writeFile(files.certFile, second.certificate); // half of it: the key is still the old one
            await until(() => lines.length > 0);
            await sleep(100);
            // more than once where a file was looked at while it was written
            assert.deepEqual(
                [given.length, [...new Set(lines.map(({ msg }) => msg))]],
                [0, ["the new TLS certificate cannot be used; the old one stays"]],
            );
            await writeFile(files.keyFile, second.key);
            await until(() => given.length > 0);
            assert.equal(String(given.at(-1)?.cert), second.certificate);
            await until(() => lines.at(-1)?.msg === "the TLS certificate was renewed");
            stop();
        }));

    it("warns of a certificate that ends soon", () =>
        withFolder(async (folder) => {
            const files = await writePair(folder, await issue(new Date(Date.now() + 86_400_000)));
            const lines: string[] = [];
            const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line).msg) });
            const stop = renewTls({ setSecureContext: () => {} }, files, await readTls(files), log, {
                warnEveryMs: 20,
            });
            while (lines.length < 3) await sleep(10); // at the start, and again as long as that is so
            stop();
            assert.deepEqual([...new Set(lines)], ["the TLS certificate ends soon or has ended"]);
        }));

    it("is refused at the start when the files are wrong, each with its reason", () =>
        withFolder(async (folder) => {
            const files = await writePair(folder, await issue());
            await assert.rejects(readTls({ ...files, keyFile: `${folder}/none` }), {
                code: "invalid-input",
                message: /none cannot be read \(ENOENT\)\. Name a PEM file/,
            });
            await writeFile(files.keyFile, (await issue()).key);
            await assert.rejects(
                readTls(files),
                /cert\.pem and .*key\.pem cannot be used for TLS \(key values mismatch\)/,
            );
            await writeFile(files.certFile, "nonsense");
            await assert.rejects(readTls(files), /cannot be used for TLS/);
        }));
});
