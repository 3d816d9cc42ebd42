import { open, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { Logger } from "pino";
import { isProblem, Problem, type ProblemCode } from "section-model";
import { type Holdings, holdingsOf } from "../archive/manifest";
import { type BackupSource, writeBackup } from "../service/backup";
import { controlName } from "../service/data-folder";

/** A socket's address has 108 bytes, the last of them 0. */
const longestSocketPath = 100;
const onlyOwner = 0o177;

/** Begin the paths of requests. The name of an order follows. */
const backupPath = "/backup";
export const orderPath = "/order/";

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

/** An order's answer, or why it was not carried out. */
export type OrderOutcome = { answer: unknown } | { problem: { code: ProblemCode; detail: string; remedy: string } };

/** Does the work of an order. Undefined for a name that is none. */
export type CarryOut = (name: string, input: unknown) => Promise<unknown> | undefined;

async function answerOrder(
    carryOut: CarryOut,
    request: IncomingMessage,
    response: ServerResponse,
    log: Logger,
): Promise<void> {
    const name = request.url?.slice(orderPath.length) ?? "";
    const say = (outcome: OrderOutcome) => {
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(outcome));
    };
    try {
        const work = carryOut(name, JSON.parse(await text(request)));
        if (work === undefined) {
            response.writeHead(404).end();
            return;
        }
        say({ answer: await work });
        log.info({ order: name }, "an order of this machine was carried out");
    } catch (error) {
        if (!isProblem(error)) log.error({ err: error, order: name }, "an order failed");
        const { code, detail, remedy } = isProblem(error)
            ? error
            : new Problem("internal", "the platform could not do it", { remedy: "Read its log for the reason" });
        say({ problem: { code, detail, remedy } });
    }
}

/**
 * Takes orders from this machine, over a socket in the data folder that only its owner can open: for work that needs
 * the embedded database while this process has it.
 *
 * @returns a function that ends it, and a backup that is under way
 */
export async function startControl(
    source: BackupSource,
    log: Logger,
    carryOut: CarryOut = () => undefined,
): Promise<() => Promise<void>> {
    const underWay = new Set<Promise<void>>();
    const answer = (request: IncomingMessage, response: ServerResponse) => {
        if (request.url?.startsWith(orderPath)) return answerOrder(carryOut, request, response, log);
        return answerBackup(source, request, response, log);
    };
    const server = createServer((request, response) => {
        const isKnown = [backupPath, orderPath].some((start) => request.url?.startsWith(start));
        if (request.method !== "POST" || !isKnown) {
            response.writeHead(404).end();
            return;
        }
        const answering = answer(request, response).finally(() => underWay.delete(answering));
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
