import { PassThrough, Readable } from "node:stream";
import { readArchive } from "../../platform/archive/archive-reader";
import { ArchiveWriter } from "../../platform/archive/archive-writer";
import type { Manifest } from "../../platform/archive/manifest";

export const takenAt = new Date("2026-01-02T03:04:05Z");

const head = { format: 1, platform: "0.1.0", migration: "0001-initial", takenAt: takenAt.toISOString() };
export const rest: Omit<Manifest, "parts"> = {
    ...head,
    secretKey: { isIncluded: false, fingerprint: "f" },
    tables: {},
    sequences: {},
};

async function collect(stream: PassThrough): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks);
}

/** The bytes of an archive that `fill` fills. */
export async function makeArchive(fill: (writer: ArchiveWriter) => Promise<void>): Promise<Buffer> {
    const sink = new PassThrough();
    const bytes = collect(sink);
    const writer = new ArchiveWriter(sink, takenAt);
    await writer.begin(head);
    await fill(writer);
    await writer.finish(rest);
    sink.end();
    return bytes;
}

/** The entries of an archive, by name; links as `-> target`. */
export async function openArchive(
    bytes: Buffer | Readable,
): Promise<{ manifest: Manifest; content: Map<string, string> }> {
    const content = new Map<string, string>();
    const manifest = await readArchive(bytes instanceof Readable ? bytes : Readable.from([bytes]), {
        file: async (name, _size, chunks) => {
            let text = "";
            for await (const chunk of chunks) text += chunk.toString("latin1");
            content.set(name, text);
        },
        link: async (name, target) => void content.set(name, `-> ${target}`),
    });
    return { manifest, content };
}
