import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createGzip } from "node:zlib";
import { type Header, pack } from "tar-stream";
import { type BackupHead, headName, type Manifest, manifestName, type Part } from "./manifest";
import { PartDigest, partOf } from "./part";

const mode = 0o600;

/** Writes a backup: a tar, compressed with gzip, whose last entry describes the others. */
export class ArchiveWriter {
    readonly #tar = pack();
    readonly #digests = new Map<string, PartDigest>();
    readonly #written: Promise<void>;

    constructor(
        sink: Writable,
        private readonly takenAt: Date,
    ) {
        // most of it is git's, compressed already
        this.#written = pipeline(
            this.#tar as unknown as Readable,
            createGzip({ level: constants.Z_BEST_SPEED }),
            sink,
            { end: false },
        );
        this.#written.catch(() => {}); // finish tells, or the entry that cannot be written
    }

    async begin(head: BackupHead): Promise<void> {
        await this.#entry({ name: headName }, Buffer.from(JSON.stringify(head)));
    }

    async addFile(name: string, content: Buffer): Promise<void> {
        const digest = this.#digestOf(name);
        digest.begin(name, content.length);
        digest.add(content);
        await this.#entry({ name }, content);
    }

    /** Adds the content of a stream, which must be exactly `size` bytes. */
    async addStream(name: string, size: number, content: Readable): Promise<void> {
        const digest = this.#digestOf(name);
        digest.begin(name, size);
        const entry = this.#tar.entry({ name, size, mode, mtime: this.takenAt });
        const count = async function* (chunks: AsyncIterable<Buffer>) {
            for await (const chunk of chunks) {
                digest.add(chunk);
                yield chunk;
            }
        };
        await pipeline(content, count, entry as unknown as Writable);
    }

    /** Adds a second name of a file that was added before. */
    async addLink(name: string, target: string): Promise<void> {
        this.#digestOf(name).begin(name, target);
        await this.#entry({ name, type: "link", linkname: target, size: 0 }, "");
    }

    /** Writes the manifest and everything before it into the sink, which stays open. */
    async finish(rest: Omit<Manifest, "parts">): Promise<Manifest> {
        const parts: Record<string, Part> = {};
        for (const [name, digest] of this.#digests) parts[name] = digest.end();
        const manifest: Manifest = { ...rest, parts };
        await this.#entry({ name: manifestName }, Buffer.from(JSON.stringify(manifest)));
        this.#tar.finalize();
        await this.#written;
        return manifest;
    }

    /** Breaks the archive off, so that nobody takes it for a whole one. */
    abort(error: Error): void {
        this.#tar.destroy(error);
    }

    #digestOf(name: string): PartDigest {
        const part = partOf(name);
        const known = this.#digests.get(part) ?? new PartDigest();
        this.#digests.set(part, known);
        return known;
    }

    async #entry(header: Partial<Header> & Pick<Header, "name">, content: Buffer | string): Promise<void> {
        await new Promise<void>((resolve, reject) => {
            const done = (error?: Error | null) => (error ? reject(error) : resolve());
            this.#tar.entry({ ...header, mode, mtime: this.takenAt }, content, done).on("error", () => {}); // `done` is told
        });
    }
}
