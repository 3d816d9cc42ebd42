import type { AddressInfo } from "node:net";
import { createServer } from "./http/server";
import { openLog } from "./log";
import { openContext, reportFindings } from "./open-context";
import { type PlatformOptions, readOptions } from "./options";
import { repeat } from "./repeat";
import { hurryOrders } from "./service/certificate-orders";
import { removeExpired } from "./service/expiry";
import { makeHousekeeper } from "./service/housekeeping";
import { verifyDueDomains } from "./service/live-state";
import { drainOutbox } from "./service/outbox";
import { addToken } from "./service/tokens";
import { addUser, requireUser } from "./service/users";

export type { PlatformOptions } from "./options";

/** A running platform. */
export interface Platform {
    /** Where it answers: REST below `/api/v1`, git below `/account`. */
    readonly url: string;
    /** Adds a verified user; one who exists stays, and gets the password when one is given. */
    addUser(user: { email: string; firstName?: string; lastName?: string; password?: string }): Promise<void>;
    /** Makes a token for a user. The value is shown this once. */
    addToken(request: { email: string; description: string; scope?: "read" | "write"; expiresAt?: Date }): Promise<string>;
    /** Answers what has begun, then stops and gives the folder back. */
    close(): Promise<void>;
}

const tickEveryMs = 2_000;
const removeExpiredEveryMs = 600_000;
const closeWithinMs = 10_000;
const verifyTurnMs = 15_000;

/**
 * Starts the Section platform in this process.
 *
 * @param options where data lives and how to listen. By default everything is temporary and on a free port of 127.0.0.1.
 * @throws Problem `directory-locked` when another process uses the data folder, `invalid-input` for wrong options.
 * @example
 * const platform = await startPlatform({ dataDir: "./section-data" });
 * await platform.addUser({ email: "ops@agency.example" });
 * const token = await platform.addToken({ email: "ops@agency.example", description: "laptop" });
 * // ... SECTION_ENDPOINT=platform.url SECTION_TOKEN=token pulumi up ...
 * await platform.close();
 */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
    const settings = readOptions(options);
    const log = openLog(settings);
    const { context, close } = await openContext(settings, log);
    const wire = { extensions: settings.extensions, publicUrl: settings.publicUrl ?? "", edgeDomain: settings.edgeDomain };
    const server = createServer({ ...settings, context, wire, log });
    try {
        await reportFindings(context, log);
        await server.listen({ host: settings.host, port: settings.port });
    } catch (error) {
        await server.close();
        await close();
        throw error;
    }
    const { port } = server.server.address() as AddressInfo;
    const url = `http://${settings.host.includes(":") ? `[${settings.host}]` : settings.host}:${port}`;
    wire.publicUrl ||= url;
    context.options.publicUrl ||= url;
    const ticking = setInterval(() => {
        drainOutbox(context).catch((error) => log.warn({ err: error }, "the outbox could not be read"));
        hurryOrders(context);
    }, tickEveryMs);
    ticking.unref();
    hurryOrders(context);
    const stopVerifying = settings.verifyEveryHours === 0 ? undefined : repeat(verifyTurnMs, (hurry) => verifyDueDomains(context, hurry), log);
    const stopExpiry = repeat(removeExpiredEveryMs, () => removeExpired(context), log);
    const stopTidying = settings.housekeepingSeconds === 0 ? undefined : repeat(settings.housekeepingSeconds * 1000, makeHousekeeper(context), log);
    let closing: Promise<void> | undefined;
    const stop = async () => {
        clearInterval(ticking);
        const ending = [stopVerifying?.(), stopExpiry(), stopTidying?.()];
        const impatient = setTimeout(() => server.server.closeAllConnections(), closeWithinMs);
        await server.close();
        clearTimeout(impatient);
        await Promise.all(ending);
        await close();
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
        close: () => {
            closing ??= stop();
            return closing;
        },
    };
}
