import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { startDuties } from "./duties";
import { startControl } from "./http/control-socket";
import { createServer } from "./http/server";
import { readTls, renewTls, type TlsServer } from "./http/tls";
import { openLog } from "./log";
import { openContext, reportFindings } from "./open-context";
import { type PlatformOptions, type PlatformSettings, readOptions } from "./options";
import type { Context } from "./service/context";
import { carryOut } from "./service/orders";
import { addToken } from "./service/tokens";
import { addUser, requireUser } from "./service/users";

export type { PlatformOptions } from "./options";

/** A running platform. */
export interface Platform {
    /** The address of the platform: REST below `/api/v1`, git below `/account`. */
    readonly url: string;
    /** Adds a verified user; one who exists stays, and gets the password when one is given. */
    addUser(user: { email: string; firstName?: string; lastName?: string; password?: string }): Promise<void>;
    /** Makes a token for a user. The value is shown this once. */
    addToken(request: {
        email: string;
        description: string;
        scope?: "read" | "write";
        expiresAt?: Date;
    }): Promise<string>;
    /**
     * Answers the requests that have begun, then stops and gives the folder back.
     *
     * @param drain true: before that, let the balancer that asks /readyz find out and send its requests elsewhere
     */
    close(how?: { drain?: boolean }): Promise<void>;
}

/**
 * Starts the Section platform in this process.
 *
 * @param options where data lives and how to listen. By default everything is temporary and on a free port of
 * 127.0.0.1.
 * @throws Problem `directory-locked` when another process uses the data folder, `invalid-input` for wrong options.
 * @example const platform = await startPlatform({ dataDir: "./section-data" }); await platform.addUser({ email:
 * "ops@agency.example" }); const token = await platform.addToken({ email: "ops@agency.example", description: "laptop"
 * }); // ... SECTION_ENDPOINT=platform.url SECTION_TOKEN=token pulumi up ... await platform.close();
 */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
    const settings = readOptions(options);
    const log = openLog(settings);
    const files =
        settings.tlsCertFile && settings.tlsKeyFile
            ? { certFile: settings.tlsCertFile, keyFile: settings.tlsKeyFile }
            : undefined;
    const tls = files && (await readTls(files));
    const { context, close } = await openContext(settings, log);
    const wire = {
        extensions: settings.extensions,
        publicUrl: settings.publicUrl ?? "",
        edgeDomain: settings.edgeDomain,
    };
    const server = createServer({ ...settings, context, wire, log, tls });
    try {
        await server.listen({ host: settings.host, port: settings.port });
    } catch (error) {
        await server.close();
        await close();
        throw error;
    }
    const { port } = server.server.address() as AddressInfo;
    const url = urlOf(settings.host, port, tls !== undefined);
    wire.publicUrl ||= url;
    context.options.publicUrl ||= url;
    const stopping = new AbortController();
    const checked = reportFindings(context, log, stopping.signal).catch((error) =>
        log.warn({ err: error }, "rows and repositories could not be compared"),
    );
    const stopDuties = startDuties(context, settings, log);
    const stopControl = await openControl(context, settings, log);
    const stopRenewing = files && tls && renewTls(server.server as unknown as TlsServer, files, tls, log);
    let closing: Promise<void> | undefined;
    const stop = async (isDraining: boolean) => {
        const { readiness } = server;
        readiness.isStopping = true;
        if (isDraining && readiness.wasAsked) await sleep(settings.drainSeconds * 1000);
        stopping.abort();
        const dutiesEnd = stopDuties();
        stopRenewing?.();
        await stopControl?.();
        const impatient = setTimeout(() => {
            log.warn("what has begun takes too long; it is cut off");
            server.server.closeAllConnections();
        }, settings.closeSeconds * 1000);
        await server.close();
        clearTimeout(impatient);
        await Promise.all([dutiesEnd, checked]);
        await close();
        log.info("stopped");
    };
    return {
        url,
        addUser: async (user) => {
            await addUser(context, user);
        },
        addToken: async ({ email, ...request }) => {
            const { id } = await requireUser(context, email);
            return (await addToken(context, { userId: id, ...request })).token;
        },
        close: ({ drain = false } = {}) => {
            closing ??= stop(drain);
            return closing;
        },
    };
}

function urlOf(host: string, port: number, isTls: boolean): string {
    return `${isTls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/**
 * Opens the socket for work that only the process with the embedded database can do. When it cannot be opened,
 * everything else goes on.
 */
async function openControl(
    context: Context,
    { dataDir }: PlatformSettings,
    log: Logger,
): Promise<(() => Promise<void>) | undefined> {
    const { store, repositories } = context;
    if (dataDir === undefined || !store.isExclusive) return undefined;
    const source = { database: store.database, repositories, dataDir: path.resolve(dataDir) };
    return startControl(source, log, (name, input) => carryOut(context, name, input)).catch((error) => {
        log.warn({ err: error }, "no command of this machine reaches this platform while it serves");
        return undefined;
    });
}
