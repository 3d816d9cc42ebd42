import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, get } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { issueCertificate } from "./certificates";
import { freePort } from "./postgres";

export interface PebbleOptions {
    /** The port at which it looks for challenges. */
    httpPort: number;
    dnsServer: string;
    /** Percentage of good nonces that it refuses. */
    rejectedNonces?: number;
    /** Seconds that a certificate lives. */
    validitySeconds?: number;
    externalAccount?: { keyId: string; macKey: string };
    /** Hostnames that it refuses. */
    blocked?: string[];
}

export interface Pebble {
    directory: string;
    /** PEM file with the signer of its own certificate. */
    caFile: string;
    /** PEM of the root of its certificates. */
    root(): Promise<string>;
    /** Everything it has said. */
    log(): string;
    /** Certificates it has issued. */
    issued(): number;
    /** Orders it was asked for. */
    ordered(): number;
    stop(): Promise<void>;
}

async function fetchText(url: string, ca: string): Promise<string> {
    const agent = new Agent({ ca });
    return new Promise((resolve, reject) => {
        get(url, { agent }, (answer) => {
            let text = "";
            answer.on("data", (chunk) => {
                text += chunk;
            });
            answer.once("end", () => resolve(text));
        }).once("error", reject);
    });
}

async function waitUntilReady(url: string, ca: string, child: ChildProcess, log: () => string): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
        if (child.exitCode !== null) throw new Error(`pebble ended with ${child.exitCode}: ${log()}`);
        try {
            await fetchText(url, ca);
            return;
        } catch (error) {
            if (attempt === 400) throw error;
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    }
}

/** A real ACME server (RFC 8555), Let's Encrypt's own for tests, on loopback. It forgets everything when it stops. */
export async function startPebble(options: PebbleOptions): Promise<Pebble> {
    const { findPebble } = (await import(path.resolve("tools/pebble/find-pebble.mjs"))) as {
        findPebble(say: (line: string) => void): Promise<string>;
    };
    const program = await findPebble((line) => process.stderr.write(`      · ${line}\n`));
    const folder = await mkdtemp(path.join(tmpdir(), "section-pebble-"));
    const [port, managementPort] = [await freePort(), await freePort()];
    const authority = await issueCertificate({ name: "CN=Pebble's own", isAuthority: true });
    const server = await issueCertificate({ names: ["localhost"], issuer: authority });
    const file = (name: string) => path.join(folder, name);
    await writeFile(file("ca.pem"), authority.certificate);
    await writeFile(file("server.pem"), server.certificate);
    await writeFile(file("server.key"), server.key);
    const { keyId, macKey } = options.externalAccount ?? {};
    const config = {
        listenAddress: `127.0.0.1:${port}`,
        managementListenAddress: `127.0.0.1:${managementPort}`,
        certificate: file("server.pem"),
        privateKey: file("server.key"),
        httpPort: options.httpPort,
        tlsPort: 9,
        externalAccountBindingRequired: keyId !== undefined,
        externalAccountMACKeys: keyId === undefined ? {} : { [keyId]: macKey },
        domainBlocklist: options.blocked ?? [],
        retryAfter: { authz: 1, order: 1 },
        keyAlgorithm: "ecdsa",
        profiles: { default: { description: "test", validityPeriod: options.validitySeconds ?? 90 * 86_400 } },
    };
    await writeFile(file("config.json"), JSON.stringify({ pebble: config }));
    const child = spawn(program, ["-config", file("config.json"), "-strict", "-dnsserver", options.dnsServer], {
        cwd: folder,
        env: {
            ...process.env,
            PEBBLE_VA_NOSLEEP: "1",
            PEBBLE_AUTHZREUSE: "0",
            PEBBLE_WFE_NONCEREJECT: String(options.rejectedNonces ?? 0),
        },
        stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = once(child, "close");
    let words = "";
    for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk) => {
            words += chunk;
        });
    const directory = `https://localhost:${port}/dir`;
    await waitUntilReady(directory, authority.certificate, child, () => words);
    const count = (pattern: RegExp) => words.match(pattern)?.length ?? 0;
    return {
        directory,
        caFile: file("ca.pem"),
        root: () => fetchText(`https://localhost:${managementPort}/roots/0`, authority.certificate),
        log: () => words,
        issued: () => count(/Issued certificate serial/g),
        ordered: () => count(/Added order "/g),
        stop: async () => {
            child.kill("SIGKILL");
            await ended;
            await rm(folder, { recursive: true, force: true });
        },
    };
}
