import assert from "node:assert/strict";
import { pino } from "pino";
import { createServer } from "../../platform/http/server";
import { openContext } from "../../platform/open-context";
import { type PlatformOptions, readOptions } from "../../platform/options";
import { createApplication } from "../../platform/service/applications";
import { workOrders } from "../../platform/service/certificate-orders";
import type { Context } from "../../platform/service/context";
import { verifyDomain } from "../../platform/service/live-state";
import type { Api } from "./api";
import { makeMember } from "./context";
import { startDns } from "./dns";
import { type Pebble, type PebbleOptions, startPebble } from "./pebble";
import { freePort } from "./postgres";
import { fresh, freshStoreOptions, type StoreKind } from "./stores";

export interface Internet {
    pebble: Pebble;
    /** At which the authority looks for challenges. */
    port: number;
    aliases: Map<string, string>;
    addresses: Map<string, string>;
    /** Settings that make a platform part of it. */
    options: PlatformOptions;
    /** Lets the DNS of a hostname lead to the platform. */
    pointHere(hostname: string): void;
    stop(): Promise<void>;
}

/** A certificate authority and a DNS server for one test, on loopback. */
export async function startInternet(options: Partial<PebbleOptions> = {}): Promise<Internet> {
    const aliases = new Map<string, string>();
    const addresses = new Map<string, string>();
    const dns = await startDns(aliases, addresses);
    const port = await freePort();
    const pebble = await startPebble({ httpPort: port, dnsServer: dns.address, ...options });
    return {
        pebble,
        port,
        aliases,
        addresses,
        options: {
            dnsServers: [dns.address],
            acmeDirectory: pebble.directory,
            acmeCaFile: pebble.caFile,
            acmeContact: ["ops@agency.example"],
        },
        pointHere: (hostname) => {
            aliases.set(hostname, `${hostname}.c.section.io`);
            addresses.set(hostname, "127.0.0.1");
        },
        stop: async () => {
            await pebble.stop();
            dns.close();
        },
    };
}

/** The settings as the command reads them. */
export function environmentOf({ options }: Internet): Record<string, string> {
    return {
        SECTION_PLATFORM_DNS_SERVERS: String(options.dnsServers),
        SECTION_PLATFORM_ACME_DIRECTORY: options.acmeDirectory as string,
        SECTION_PLATFORM_ACME_CA_FILE: options.acmeCaFile as string,
        SECTION_PLATFORM_ACME_CONTACT: "ops@agency.example",
    };
}

/** Waits until a hostname has its certificate, and returns how it is served. */
export async function untilConfigured(api: Api, account: number, hostname: string) {
    for (const giveUpAt = Date.now() + 60_000; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
        const https = await api.get(`/account/${account}/domain/${hostname}/https`);
        if (https.configured && !https.pending) return https;
        if (Date.now() > giveUpAt) assert.fail(`${hostname} has no certificate: ${JSON.stringify(https)}`);
    }
}

export interface Issuing extends Internet {
    context: Context;
    warnings: string[];
    /** Moves the clock ahead. */
    pass(ms: number): void;
    /** Runs the work that the platform does every few seconds. */
    tick(): Promise<number>;
    /** An application whose hostname is live, unless a test asks for one that is not. */
    makeSite(options?: {
        isLive?: boolean;
    }): Promise<{ hostname: string; member: Awaited<ReturnType<typeof makeMember>>; applicationId: number }>;
}

/** Use cases with a certificate authority, a server that it can ask, and a clock that can be moved. */
export async function startIssuing(
    kind: StoreKind,
    options: Partial<PebbleOptions> = {},
    settings: PlatformOptions = {},
): Promise<Issuing> {
    const internet = await startInternet(options);
    const opened = await openContext(
        readOptions({ ...(await freshStoreOptions(kind)), ...internet.options, ...settings }),
        pino({ level: "silent" }),
    );
    let ahead = 0;
    const warnings: string[] = [];
    const context: Context = {
        ...opened.context,
        now: () => new Date(Date.now() + ahead),
        warn: (message, details) => void warnings.push(`${message}: ${details.reason ?? details.err}`),
    };
    const wire = { extensions: true, publicUrl: "http://127.0.0.1", edgeDomain: "c.section.io" };
    const server = createServer({ ...readOptions({}), context, wire, log: pino({ level: "silent" }) });
    await server.listen({ host: "127.0.0.1", port: internet.port });
    return {
        ...internet,
        context,
        warnings,
        pass: (ms) => {
            ahead += ms;
        },
        tick: () => workOrders(context),
        makeSite: async ({ isLive = true } = {}) => {
            const member = await makeMember(context);
            const hostname = `${fresh("site")}.acme.example`;
            const { id } = await createApplication(context, member, { hostname, origin: "192.0.2.1" });
            if (isLive) {
                internet.pointHere(hostname);
                await verifyDomain(context, member, hostname);
            }
            return { hostname, member, applicationId: id };
        },
        stop: async () => {
            await server.close();
            await opened.close();
            await internet.stop();
        },
    };
}
