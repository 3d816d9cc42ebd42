import path from "node:path";
import { Kysely, sql } from "kysely";
import type { Database, Tables } from "./database";
import { translateDatabaseFailure, translating } from "./database-failure";
import { lockDirectory } from "./directory-lock";
import { ensureIdentity } from "./identity";
import { openPglite } from "./pglite";
import { migrate } from "./schema";

export interface StoreOptions {
    /** The folder of the embedded database; it is locked for this process. */
    dataDir: string;
    /** A PostgreSQL server instead. */
    databaseUrl?: string;
    /** true leaves the schema as it is: for callers that only read, or that know better. */
    isRaw?: boolean;
    onIdleError?(error: Error): void;
}

/** The database of the platform: one SQL dialect over PGlite or PostgreSQL. */
export interface Store {
    database: Database;
    /** True when no other process can be on it. */
    isExclusive: boolean;
    /** All or nothing. An error that refuses a statement comes out as it is, a failure of the database as a Problem. */
    transact<T>(work: (transaction: Database) => Promise<T>): Promise<T>;
    close(): Promise<void>;
}

/** Loads PostgreSQL's driver on use: the embedded database needs none. */
const loadPostgres = () => require("./postgres") as typeof import("./postgres");

/** Opens the database and brings it to the newest schema. */
export async function openStore(options: StoreOptions): Promise<Store> {
    const unlock = options.databaseUrl === undefined ? await lockDirectory(options.dataDir) : async () => {};
    let database: Kysely<Tables> | undefined;
    try {
        const dialect =
            options.databaseUrl === undefined
                ? await openPglite(path.join(options.dataDir, "database"))
                : loadPostgres().openPostgres(options.databaseUrl, options.onIdleError ?? (() => {}));
        const opened = new Kysely<Tables>({ dialect: translating(dialect) });
        database = opened;
        if (!options.isRaw) {
            await migrate(opened);
            await ensureIdentity(opened);
        }
        return {
            database: opened,
            isExclusive: options.databaseUrl === undefined,
            transact: (work) => opened.transaction().execute(work),
            close: async () => {
                await opened.destroy();
                await unlock();
            },
        };
    } catch (error) {
        await database?.destroy();
        await unlock();
        throw translateDatabaseFailure(error);
    }
}

/** True when the database answers at all. */
export async function isDatabaseReachable(database: Database): Promise<boolean> {
    return sql`select 1`.execute(database).then(
        () => true,
        () => false,
    );
}
