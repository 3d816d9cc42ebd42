import { open, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import type { Logger } from "pino";
import { isProblem } from "section-model";
import { type Holdings, holdingsOf } from "../archive/manifest";
import { type BackupSource, writeBackup } from "../service/backup";
import { controlName } from "../service/data-folder";

/** A socket's address has 108 bytes, the last of them 0. */
const longestSocketPath = 100;
const onlyOwner = 0o177;

/** The trailer after the last byte of a backup: its content in numbers, or why it failed. */
export const outcomeTrailer = "section-outcome";

export type BackupOutcome = Holdings | { problem: string };

/**
 * Lets `work` have a path to the control socket of a data folder that is short enough for one, wherever the folder
 * lies.
 */
export async function withControlPath<T>(dataDir: string, work: (socketPath: string) => Promise<T>): Promise<T> {
    const plain = path.join(dataDir, controlName);
    if (Buffer.byteLength(plain) <= longestSocketPath) return work(plain);
    const handle = await open(dataDir, "r");
    try {
        return await work(`/proc/self/fd/${handle.fd}/${controlName}`);
    } finally {
        await handle.close();
    }
}

/** Takes a backup and writes it as the answer. */
async function answerBackup(
    source: BackupSource,
    request: IncomingMessage,
    response: ServerResponse,
    log: Logger,
): Promise<void> {
    const withSecretKey = request.url !== "/backup/without-secret-key";
    const begunMs = performance.now();
    const end = (outcome: BackupOutcome) => {
        response.addTrailers({ [outcomeTrailer]: encodeURIComponent(JSON.stringify(outcome)) });
        response.end();
    };
    response.writeHead(200, { "content-type": "application/gzip", trailer: outcomeTrailer });
    try {
        const holdings = holdingsOf(await writeBackup(source, response, { withSecretKey }));
        log.info({ ...holdings, ms: Math.round(performance.now() - begunMs) }, "a backup was taken");
        end(holdings);
    } catch (error) {
        log.error({ err: error }, "a backup failed");
        end({ problem: isProblem(error) ? error.message : "the platform could not take the backup; its log says why" });
    }
}

/**
 * Takes orders from this machine, over a socket in the data folder that only its owner can open: for work that needs
 * the embedded database while this process has it.
 *
 * @returns a function that ends it, and a backup that is under way
 */
export async function startControl(source: BackupSource, log: Logger): Promise<() => Promise<void>> {
    const underWay = new Set<Promise<void>>();
    const server = createServer((request, response) => {
        if (request.method !== "POST" || !request.url?.startsWith("/backup")) {
            response.writeHead(404).end();
            return;
        }
        const answering = answerBackup(source, request, response, log).finally(() => underWay.delete(answering));
        underWay.add(answering);
    });
    const file = path.join(source.dataDir, controlName);
    await rm(file, { force: true }); // of a process that died: the folder is ours
    await withControlPath(source.dataDir, async (socketPath) => {
        await new Promise<void>((resolve, reject) => {
            server.once("error", reject);
            const before = process.umask(onlyOwner);
            server.listen(socketPath, resolve);
            process.umask(before);
        });
    });
    return async () => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
        await Promise.all(underWay); // they find out at the next byte, and the database is theirs until then
        await rm(file, { force: true });
    };
}
