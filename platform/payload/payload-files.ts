import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { PassThrough, type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Problem } from "section-model";
import { checkArchive } from "./check-archive";

const arriving = "incoming-";
const ending = ".tar.gz";
const maxMembers = 500_000;
/** Code packs to a fifth or so; more than this is made to be a bomb. */
const mostUnpacked = 8;
const askedAtOnce = 500;

/** An upload that lies on the disk and belongs to nobody yet. */
export interface Received {
    file: string;
    bytes: number;
    sha256: string;
}

export interface PayloadKey {
    accountId: number;
    id: string;
}

/** Uploaded applications, as one file each below a folder for every account. */
export class PayloadFiles {
    constructor(
        private readonly root: string,
        private readonly maxBytes: number,
    ) {}

    file({ accountId, id }: PayloadKey): string {
        // a restored row may have anything
        if (path.basename(id) !== id) throw new Problem("internal", `${JSON.stringify(id)} is no id of an upload`);
        return path.join(this.root, String(accountId), `${id}${ending}`);
    }

    /** Writes an upload to the disk and checks it while it arrives. The caller keeps or discards it. */
    async receive(body: Readable): Promise<Received> {
        await mkdir(this.root, { recursive: true, mode: 0o700 });
        const file = path.join(this.root, `${arriving}${randomUUID()}`);
        const hash = createHash("sha256");
        let bytes = 0;
        const copy = new PassThrough();
        const checking = checkArchive(copy, { maxMembers, maxUnpackedBytes: mostUnpacked * this.maxBytes });
        const check = new Transform({
            transform: (chunk: Buffer, _encoding, done) => {
                bytes += chunk.length;
                if (bytes > this.maxBytes)
                    return done(new Problem("body-too-large", `an upload has at most ${this.maxBytes} bytes`));
                hash.update(chunk);
                copy.write(chunk, () => done(null, chunk)); // as fast as it is checked
            },
            flush: (done) => {
                copy.end();
                checking.then(() => done(), done);
            },
        });
        checking.catch((error: Error) => check.destroy(error));
        try {
            await pipeline(body, check, createWriteStream(file, { flags: "wx", mode: 0o600, flush: true }));
            return { file, bytes, sha256: hash.digest("hex") };
        } catch (error) {
            copy.destroy(error as Error);
            await rm(file, { force: true });
            throw error;
        }
    }

    /** Makes an upload visible to its account. It is on the disk when this returns. */
    async keep({ file }: Received, key: PayloadKey): Promise<void> {
        const target = this.file(key);
        await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
        await rename(file, target);
        const folder = await open(path.dirname(target));
        await folder.sync().finally(() => folder.close());
    }

    async discard({ file }: Received): Promise<void> {
        await rm(file, { force: true });
    }

    async has(key: PayloadKey): Promise<boolean> {
        return stat(this.file(key)).then(
            () => true,
            () => false,
        );
    }

    /** Removes files that are older than `ageMs` and either never arrived or are not known. Returns their number. */
    async sweep(ageMs: number, findKnown: (accountId: number, ids: string[]) => Promise<string[]>): Promise<number> {
        const names = await readdir(this.root).catch(() => []);
        const broken = names.filter((name) => name.startsWith(arriving)).map((name) => path.join(this.root, name));
        let removed = await removeOld(broken, ageMs);
        for (const account of names.filter((name) => /^\d+$/.test(name))) {
            const accountId = Number(account);
            const ids = (await readdir(path.join(this.root, account)))
                .filter((name) => name.endsWith(ending))
                .map((name) => name.slice(0, -ending.length));
            for (let at = 0; at < ids.length; at += askedAtOnce) {
                const asked = ids.slice(at, at + askedAtOnce);
                const known = new Set(await findKnown(accountId, asked));
                const strays = asked.filter((id) => !known.has(id)).map((id) => this.file({ accountId, id }));
                removed += await removeOld(strays, ageMs);
            }
        }
        return removed;
    }
}

async function removeOld(files: readonly string[], ageMs: number): Promise<number> {
    let removed = 0;
    for (const file of files) {
        const facts = await stat(file).catch(() => undefined);
        if (facts === undefined || Date.now() - facts.mtimeMs < ageMs) continue;
        await rm(file, { force: true });
        removed += 1;
    }
    return removed;
}
