import { closeSync } from "node:fs";
import type { PGlite } from "@electric-sql/pglite";

type Call = (...args: readonly number[]) => number;

/** The parts of PGlite's machine that a crash concerns. */
interface Machine {
    _PostgresMainLoopOnce: Call;
    _PostgresSendReadyForQueryIfNecessary: Call;
    _pgl_pq_flush: Call;
    stackRestore: Call;
    FS: { streams: ({ nfd?: number } | null | undefined)[] };
}

/** A database that has ended in the middle of a statement, as PostgreSQL does when it cannot write its log. */
export class DatabaseCrash extends Error {
    override readonly name = "DatabaseCrash";
}

export interface CrashWatch {
    /** Set once the database has crashed: nothing of it may be used any more. */
    crash?: DatabaseCrash;
}

/**
 * Notices that a database has crashed. Without this PGlite would run the message that it died of again and again, and
 * this process would do nothing else.
 *
 * @param said the lines that the database writes
 */
export function watchForCrash(pglite: PGlite, said: readonly string[]): CrashWatch {
    const machine = pglite.Module as unknown as Machine;
    const { POSTGRES_MAIN_LONGJMP: ordinary } = pglite as unknown as { POSTGRES_MAIN_LONGJMP: number };
    const watch: CrashWatch = {};
    const { _PostgresMainLoopOnce: runOnce, stackRestore } = machine;
    machine._PostgresMainLoopOnce = () => {
        try {
            return runOnce();
        } catch (cause) {
            if ((cause as { status?: number }).status !== ordinary && watch.crash === undefined) {
                watch.crash = new DatabaseCrash(lastWords(said) ?? "it did not say why", { cause });
                closeFiles(pglite);
            }
            throw cause;
        }
    };
    // PGlite calls this before it runs the message again
    machine.stackRestore = (pointer) => {
        if (watch.crash !== undefined) throw watch.crash;
        return stackRestore(pointer as number);
    };
    for (const name of ["_PostgresSendReadyForQueryIfNecessary", "_pgl_pq_flush"] as const) {
        const call = machine[name];
        machine[name] = () => (watch.crash === undefined ? call() : 0);
    }
    return watch;
}

/** The reason that a database gave before it ended. */
export function lastWords(said: readonly string[]): string | undefined {
    return said.findLast((line) => /\b(PANIC|FATAL): /.test(line))?.replace(/^.*?\b(PANIC|FATAL): +/, "");
}

/** Gives the files of a database that has ended back to the process: nobody else does. */
export function closeFiles(pglite: PGlite): void {
    const machine = pglite.Module as unknown as Machine | undefined;
    for (const stream of machine?.FS.streams ?? []) {
        if (stream?.nfd === undefined) continue;
        try {
            closeSync(stream.nfd);
        } catch {
            // it was closed already
        }
        stream.nfd = undefined; // the number may be another file's soon
    }
}
