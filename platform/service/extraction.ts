import { createWriteStream } from "node:fs";
import { copyFile, link, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { ArchiveTarget } from "../archive/archive-reader";
import { damaged } from "../archive/manifest";
import { secretKeyName } from "../auth/secret-key";
import type { Repositories } from "../git/repository";
import { isSpecial } from "./data-folder";

const largeBytes = 1024 * 1024;
const atOnce = 32;
const repositoryEntry = /^repositories\/(\d+)\/(.+)$/;
const objectMode = 0o444;
const usualMode = 0o600;

async function linkOrCopy(source: string, target: string): Promise<void> {
    await link(source, target).catch((error) => {
        if (!["EMLINK", "EPERM", "ENOTSUP"].includes(error.code)) throw error;
        return copyFile(source, target); // file systems differ in how many names a file may have, down to one
    });
}

/** Puts the entries of a backup where a data folder has them; rows, which go into the database, beside them. */
export class Extraction implements ArchiveTarget {
    readonly #folders = new Map<string, Promise<unknown>>();
    readonly #running = new Map<string, Promise<void>>();
    #failure: unknown;

    constructor(
        private readonly folder: string,
        private readonly rowsFolder: string,
        private readonly repositories: Repositories,
    ) {}

    async file(name: string, size: number, content: AsyncIterable<Buffer>): Promise<void> {
        const file = this.#place(name);
        const mode = /\/objects\//.test(name) ? objectMode : usualMode;
        if (size > largeBytes) {
            await this.#makeFolder(path.dirname(file));
            await pipeline(content, createWriteStream(file, { mode, flags: "wx", flush: true }));
            return;
        }
        const chunks: Buffer[] = [];
        for await (const chunk of content) chunks.push(chunk);
        await this.#start(name, async () => {
            await this.#makeFolder(path.dirname(file));
            await writeFile(file, Buffer.concat(chunks), { mode, flag: "wx", flush: true });
            if (name.endsWith("/HEAD") && repositoryEntry.test(name))
                await this.#makeFolder(path.join(path.dirname(file), "refs", "heads"));
        });
    }

    async link(name: string, target: string): Promise<void> {
        const file = this.#place(name);
        const before = this.#running.get(target);
        await this.#start(name, async () => {
            await before;
            await this.#makeFolder(path.dirname(file));
            await linkOrCopy(this.#place(target), file);
        });
    }

    /** Waits until nothing is being written any more, whether or not it went well. */
    async settle(): Promise<void> {
        while (this.#running.size > 0) await Promise.all(this.#running.values());
    }

    /** Waits until everything is on the disk. */
    async finish(): Promise<void> {
        await this.settle();
        if (this.#failure !== undefined) throw this.#failure;
    }

    #place(name: string): string {
        const [, application, rest] = repositoryEntry.exec(name) ?? [];
        if (application !== undefined && rest !== undefined)
            return path.join(this.repositories.folder({ accountId: 0, applicationId: Number(application) }), rest);
        if (name === secretKeyName) return path.join(this.folder, name);
        const [top = "", ...below] = name.split("/");
        if (top === "database") return path.join(this.rowsFolder, ...below);
        if (isSpecial(below[0] ?? "")) throw damaged(`it has an entry ${JSON.stringify(name)}`);
        return path.join(this.folder, ...below);
    }

    #makeFolder(folder: string): Promise<unknown> {
        const known = this.#folders.get(folder) ?? mkdir(folder, { recursive: true, mode: 0o700 });
        this.#folders.set(folder, known);
        return known;
    }

    /** Many small files at once: each is synced, and a disk syncs many as fast as one. */
    async #start(name: string, work: () => Promise<void>): Promise<void> {
        while (this.#running.size >= atOnce) await Promise.race(this.#running.values());
        if (this.#failure !== undefined) throw this.#failure;
        const running = work()
            .catch((error) => {
                this.#failure ??= error;
            })
            .finally(() => this.#running.delete(name));
        this.#running.set(name, running);
    }
}
