import { PostgresDialect } from "kysely";
import { Client, type ClientConfig, Pool, TypeOverrides, types } from "pg";

const connectTimeoutMs = 10_000;
/** A statement may take long. After this, and again after it, the server is asked whether it is still there. */
const doubtAfterMs = 10_000;
const probeTimeoutMs = 5_000;
/** The server says that it cannot serve yet, or any more. */
const isAbsence = (code: string | undefined) => code === undefined || !/^[0-9A-Z]{5}$/.test(code) || code === "57P03";

/** True when a server answers on a connection of its own, whatever it says. */
async function isThere(config: ClientConfig): Promise<boolean> {
    const client = new Client({ ...config, connectionTimeoutMillis: probeTimeoutMs, query_timeout: probeTimeoutMs });
    client.on("error", () => {}); // the attempt says so
    try {
        await client.connect();
        await client.query("select 1");
        return true;
    } catch (error) {
        return !isAbsence((error as { code?: string }).code);
    } finally {
        client.end().catch(() => {});
    }
}

/**
 * A pool's connection that ends when its server is gone without a word, as after a power cut or behind a network that
 * swallows everything: its statement would never end.
 */
function doubtingClient(config: ClientConfig, doubtMs: number): typeof Client {
    let asking: Promise<boolean> | undefined;
    const ask = () => {
        asking ??= isThere(config).finally(() => {
            asking = undefined;
        });
        return asking;
    };
    return class extends Client {
        // biome-ignore lint/suspicious/noExplicitAny: the driver's own signatures are many
        override query(...request: any[]): any {
            // biome-ignore lint/suspicious/noExplicitAny: as above
            const answer = (super.query as any)(...request);
            if (!(answer instanceof Promise)) return answer;
            const doubting = setInterval(async () => {
                if (await ask()) return;
                const { stream } = (
                    this as unknown as { connection: { stream: NodeJS.WritableStream & { destroy(): void } } }
                ).connection;
                stream.destroy();
            }, doubtMs);
            doubting.unref();
            return answer.finally(() => clearInterval(doubting));
        }
    };
}

/**
 * A PostgreSQL server, by URL.
 *
 * @param doubtMs how long a statement may take before the server is asked whether it is still there
 */
export function openPostgres(
    url: string,
    onIdleError: (error: Error) => void,
    doubtMs = doubtAfterMs,
): PostgresDialect {
    const overrides = new TypeOverrides();
    overrides.setTypeParser(types.builtins.INT8, Number);
    const config: ClientConfig = {
        connectionString: url,
        types: overrides,
        keepAlive: true,
        keepAliveInitialDelayMillis: doubtMs,
    };
    const pool = new Pool({
        ...config,
        max: 10,
        connectionTimeoutMillis: connectTimeoutMs,
        Client: doubtingClient(config, doubtMs),
    } as never);
    // a server that restarts must not end this process: an unheard "error" would, of a connection that waits and of one
    // in use
    pool.on("error", onIdleError);
    pool.on("connect", (client) => client.on("error", () => {})); // the statement that it fails says so
    return new PostgresDialect({ pool });
}
