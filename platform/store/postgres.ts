import { PostgresDialect } from "kysely";
import { Pool, TypeOverrides, types } from "pg";

const connectTimeoutMs = 10_000;

/** A PostgreSQL server, by URL. */
export function openPostgres(url: string, onIdleError: (error: Error) => void): PostgresDialect {
    const overrides = new TypeOverrides();
    overrides.setTypeParser(types.builtins.INT8, Number);
    const pool = new Pool({ connectionString: url, max: 10, connectionTimeoutMillis: connectTimeoutMs, types: overrides });
    pool.on("error", onIdleError); // a server that restarts must not end this process
    return new PostgresDialect({ pool });
}
