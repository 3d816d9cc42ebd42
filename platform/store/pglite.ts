import { mkdir } from "node:fs/promises";
import { PGlite, types } from "@electric-sql/pglite";
import { PostgresDialect, type PostgresPoolClient } from "kysely";
import { Damage, damageProblem } from "../damage";
import { machineFailure, machineFailureIn } from "../machine-failure";
import { divideFiles } from "../open-files";
import { compilePglite } from "./pglite-code";
import { type CrashWatch, closeFiles, lastWords, watchForCrash } from "./pglite-crash";
import { PreparedStatements } from "./prepared-statements";

/** The least time between two attempts to open a database that has crashed. */
const reopenEveryMs = 2_000;
/** Of what a database writes, for the reason when it ends. */
const keptLines = 20;

interface Running {
    pglite: PGlite;
    statements: PreparedStatements;
    watch: CrashWatch;
}

/**
 * One PGlite, handed to one user at a time, in the shape of a pool: kysely's own PostgreSQL dialect does the rest. A
 * database that has crashed is opened again for the next user; it recovers from its log, as after a kill.
 */
class SingleConnection {
    #last: Promise<void> = Promise.resolve();
    #opening: { atMs: number; failure: unknown } | undefined;

    constructor(
        private running: Running,
        private readonly open: () => Promise<Running>,
    ) {}

    async connect(): Promise<PostgresPoolClient> {
        const previous = this.#last;
        let release = () => {};
        this.#last = new Promise((resolve) => {
            release = resolve;
        });
        await previous;
        const { statements, watch } = await this.#alive().catch((error) => {
            release();
            throw error;
        });
        const query = async (text: string, parameters: readonly unknown[]) => {
            if (watch.crash !== undefined) throw watch.crash; // of a transaction, which is gone
            const { rows, affectedRows } = await statements.run(text, parameters);
            return { command: text.trimStart().slice(0, 6).toUpperCase(), rowCount: affectedRows ?? rows.length, rows };
        };
        return { query, release } as unknown as PostgresPoolClient;
    }

    async end(): Promise<void> {
        await this.#last;
        if (this.running.watch.crash === undefined) await this.running.pglite.close();
    }

    async #alive(): Promise<Running> {
        if (this.running.watch.crash === undefined) return this.running;
        const nowMs = performance.now();
        if (this.#opening !== undefined && nowMs - this.#opening.atMs < reopenEveryMs) throw this.#opening.failure;
        this.#opening = { atMs: nowMs, failure: this.running.watch.crash };
        try {
            this.running = await this.open();
        } catch (error) {
            this.#opening.failure = error;
            throw error;
        }
        return this.running;
    }
}

/**
 * The pages that the database keeps in memory. It fills all of them with zeros at the start, and a thousand sites need
 * one MB: with PostgreSQL's 128 a start takes 90 ms longer, and the process 100 MB more.
 */
const sharedBuffersMb = 32;

async function start(folder: string): Promise<Running> {
    const said: string[] = [];
    const pgliteWasmModule = await compilePglite();
    const pglite = new PGlite({
        dataDir: folder,
        pgliteWasmModule,
        startParams: [
            ...PGlite.defaultStartParams,
            ...["-c", `max_files_per_process=${divideFiles(true).database}`],
            ...["-c", `shared_buffers=${sharedBuffersMb}MB`],
        ],
        parsers: { [types.INT8]: Number, [types.BYTEA]: parseBytes },
        onStderr: (line) => {
            if (said.push(line) > keptLines) said.shift();
            return true;
        },
    });
    try {
        await pglite.waitReady;
    } catch (error) {
        closeFiles(pglite);
        const reason = lastWords(said) ?? (error as Error).message;
        throw (
            machineFailure(error) ??
            machineFailureIn(reason) ??
            damageProblem(`the embedded database in ${folder} cannot be opened: ${reason}`, new Damage(reason))
        );
    }
    return { pglite, statements: new PreparedStatements(pglite), watch: watchForCrash(pglite, said) };
}

/** The embedded database, in a folder of its own. */
export async function openPglite(folder: string): Promise<PostgresDialect> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const open = () => start(folder);
    return new PostgresDialect({ pool: new SingleConnection(await open(), open) as never });
}

function parseBytes(text: string): Buffer {
    return Buffer.from(text.replace(/^\\x/, ""), "hex");
}
