import { PostgresDialect } from "kysely";
import { Pool, TypeOverrides, types } from "pg";

const connectTimeoutMs = 10_000;

/** A PostgreSQL server, by URL. */
export function openPostgres(url: string, onIdleError: (error: Error) => void): PostgresDialect {
    const overrides = new TypeOverrides();
    overrides.setTypeParser(types.builtins.INT8, Number);
    const pool = new Pool({
        connectionString: url,
        max: 10,
        connectionTimeoutMillis: connectTimeoutMs,
        types: overrides,
    });
    // a server that restarts must not end this process: an unheard "error" would, of a connection that waits and of one
    // in use
    pool.on("error", onIdleError);
    pool.on("connect", (client) => client.on("error", () => {})); // the statement that it fails says so
    return new PostgresDialect({ pool });
}
