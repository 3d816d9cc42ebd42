import { mkdir } from "node:fs/promises";
import { PGlite, types } from "@electric-sql/pglite";
import { PostgresDialect, type PostgresPoolClient } from "kysely";
import { compilePglite } from "./pglite-code";
import { PreparedStatements } from "./prepared-statements";

/** One PGlite, handed to one user at a time, in the shape of a pool: kysely's own PostgreSQL dialect does the rest. */
class SingleConnection {
    #last: Promise<void> = Promise.resolve();
    readonly #statements: PreparedStatements;

    constructor(private readonly pglite: PGlite) {
        this.#statements = new PreparedStatements(pglite);
    }

    async connect(): Promise<PostgresPoolClient> {
        const previous = this.#last;
        let release = () => {};
        this.#last = new Promise((resolve) => {
            release = resolve;
        });
        await previous;
        const query = async (text: string, parameters: readonly unknown[]) => {
            const { rows, affectedRows } = await this.#statements.run(text, parameters);
            return { command: text.trimStart().slice(0, 6).toUpperCase(), rowCount: affectedRows ?? rows.length, rows };
        };
        return { query, release } as unknown as PostgresPoolClient;
    }

    async end(): Promise<void> {
        await this.#last;
        await this.pglite.close();
    }
}

/** The embedded database, in a folder of its own. */
export async function openPglite(folder: string): Promise<PostgresDialect> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const pglite = await PGlite.create({
        dataDir: folder,
        pgliteWasmModule: await compilePglite(),
        parsers: { [types.INT8]: Number, [types.BYTEA]: parseBytes },
    });
    return new PostgresDialect({ pool: new SingleConnection(pglite) as never });
}

function parseBytes(text: string): Buffer {
    return Buffer.from(text.replace(/^\\x/, ""), "hex");
}
