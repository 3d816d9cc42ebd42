import { createWriteStream } from "node:fs";
import { copyFile, link, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { ArchiveTarget } from "../archive/archive-reader";
import { damaged } from "../archive/manifest";
import { secretKeyName } from "../auth/secret-key";
import type { Repositories } from "../git/repositories";
import { furnishRepository, repositoryConfiguration } from "../git/upkeep/furnish-repository";
import { kindOfRestored, type RestoredKind, readRestored } from "../git/upkeep/restored-file";
import { isSpecial } from "./data-folder";

const largeBytes = 1024 * 1024;
const atOnce = 32;
const longestText = 64 * 1024 * 1024;
const repositoryEntry = /^repositories\/([1-9]\d{0,9})\/(.+)$/;
const objectMode = 0o444;
const usualMode = 0o600;

async function linkOrCopy(source: string, target: string): Promise<void> {
    await link(source, target).catch((error) => {
        if (!["EMLINK", "EPERM", "ENOTSUP"].includes(error.code)) throw error;
        return copyFile(source, target); // some file systems allow few names for a file, or only one
    });
}

async function readAll(content: AsyncIterable<Buffer>): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(chunk);
    return Buffer.concat(chunks);
}

const unexpected = (name: string) => damaged(`it has an entry ${JSON.stringify(name)}`);

/** A file of a repository in a backup. */
interface RepositoryEntry {
    applicationId: number;
    /** Its name in the repository. */
    rest: string;
    kind: RestoredKind;
}

/** Undefined for a name outside the repositories. Throws for a file in one that is of no known kind. */
function parseRepositoryEntry(name: string): RepositoryEntry | undefined {
    if (!name.startsWith("repositories/")) return undefined;
    const [, application, rest = ""] = repositoryEntry.exec(name) ?? [];
    const kind = kindOfRestored(rest);
    if (application === undefined || kind === undefined) throw unexpected(name);
    return { applicationId: Number(application), rest, kind };
}

/**
 * Puts the entries of a backup into their places in a data folder; rows, which go into the database, beside them. An
 * archive is from anywhere: of a repository it brings objects and references, and nothing that makes git run a command.
 */
export class Extraction implements ArchiveTarget {
    readonly #folders = new Map<string, Promise<unknown>>();
    readonly #running = new Map<string, Promise<void>>();
    readonly #skipped: string[] = [];
    #failure: unknown;

    constructor(
        private readonly folder: string,
        private readonly rowsFolder: string,
        private readonly repositories: Repositories,
    ) {}

    /** The parts of the archive that the platform does not take, a sentence each. */
    get skipped(): readonly string[] {
        return this.#skipped;
    }

    async file(name: string, size: number, content: AsyncIterable<Buffer>): Promise<void> {
        const entry = parseRepositoryEntry(name);
        if (entry !== undefined && entry.kind !== "object") {
            if (size > longestText) throw damaged(`${name} is too long`);
            return this.#takeText(name, entry, (await readAll(content)).toString("utf8"));
        }
        const file = this.#place(name);
        const mode = entry === undefined ? usualMode : objectMode;
        if (size > largeBytes) {
            await this.#makeFolder(path.dirname(file));
            await pipeline(content, createWriteStream(file, { mode, flags: "wx", flush: true }));
            return;
        }
        const data = await readAll(content);
        await this.#start(name, () => this.#write(file, data, mode));
    }

    async link(name: string, target: string): Promise<void> {
        if (![name, target].every((each) => parseRepositoryEntry(each)?.kind === "object"))
            throw damaged(`${name} is a link to ${target}, and only objects are linked`);
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

    /**
     * Takes files with references, written anew; a configuration is left out, and the platform's own is there.
     */
    async #takeText(name: string, { applicationId, kind }: RepositoryEntry, text: string): Promise<void> {
        if (kind === "configuration") {
            if (text !== repositoryConfiguration)
                this.#skipped.push(`the configuration of repository ${applicationId}: the platform writes its own`);
            return;
        }
        const restored = readRestored(kind, text);
        if (restored === undefined) throw damaged(`${name} does not say where branches lead`);
        for (const ref of restored.skipped)
            this.#skipped.push(`${ref} of repository ${applicationId}: it is neither a branch nor a tag`);
        const file = this.#place(name);
        await this.#start(name, async () => {
            await this.#write(file, restored.text, usualMode);
            if (kind === "head") await furnishRepository(path.dirname(file));
        });
    }

    #place(name: string): string {
        const entry = parseRepositoryEntry(name);
        if (entry !== undefined) return path.join(this.repositories.folder({ accountId: 0, ...entry }), entry.rest);
        if (name === secretKeyName) return path.join(this.folder, name);
        const [top = "", ...below] = name.split("/");
        if (top === "database") return path.join(this.rowsFolder, ...below);
        // some file systems do not tell small letters from capitals
        if (top !== "files" || isSpecial((below[0] ?? "").toLowerCase())) throw unexpected(name);
        return path.join(this.folder, ...below);
    }

    async #write(file: string, content: string | Buffer, mode: number): Promise<void> {
        await this.#makeFolder(path.dirname(file));
        await writeFile(file, content, { mode, flag: "wx", flush: true });
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
