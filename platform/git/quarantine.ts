import { randomBytes } from "node:crypto";
import { link, mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { Git } from "./command";
import { parseCommit } from "./object-format";
import { ObjectStore } from "./object-store";

/** Single commits back from a pushed one; each is a file to read. */
const walkedSteps = 20;

/** Packs of at most this many objects are unpacked, larger ones are kept as they come. As git's own `transfer.unpackLimit`. */
const unpackLimit = 100;

/** A place beside the objects of a repository where a push is received and looked at before anybody can see it. */
export class Quarantine {
    readonly objects: ObjectStore;

    private constructor(
        private readonly git: Git,
        private readonly gitDir: string,
        private readonly folder: string,
    ) {
        this.objects = new ObjectStore(git, gitDir, [folder, path.join(gitDir, "objects")]);
    }

    static async open(git: Git, gitDir: string): Promise<Quarantine> {
        const folder = path.join(gitDir, "objects", `incoming-${randomBytes(6).toString("hex")}`);
        await mkdir(folder);
        return new Quarantine(git, gitDir, folder);
    }

    /** Takes a pack off a stream. Throws `body-too-large` or what git says of it. */
    async receive(packHeader: Buffer, pack: AsyncIterable<Buffer>, maxPackBytes: number): Promise<void> {
        const objectCount = packHeader.length >= 12 ? packHeader.readUInt32BE(8) : 0;
        const limit = `--max-input-size=${maxPackBytes}`;
        const call =
            objectCount <= unpackLimit
                ? { verb: "unpack-objects", flags: ["-q", "--strict", limit] }
                : { verb: "index-pack", flags: ["--stdin", "--fix-thin", "--strict", limit] };
        const child = await this.git.start({ ...call, gitDir: this.gitDir, environment: this.objects.environment, timeoutMs: 600_000 });
        child.stdout.resume();
        for await (const chunk of pack) {
            if (child.stdin.writable && !child.stdin.write(chunk)) {
                await Promise.race([new Promise((resolve) => child.stdin.once("drain", resolve)), child.ended]);
            }
        }
        child.stdin.end();
        const { exitCode, stderr } = await child.ended;
        if (exitCode !== 0) throw this.git.failure(call.verb, exitCode, stderr);
    }

    /** True when an object is there, new or old. */
    async has(oid: string): Promise<boolean> {
        return this.objects.read(oid).then(
            () => true,
            () => false,
        );
    }

    /** True when `before` is in the history of `after`. A short way back is walked here; git is asked about longer ones and merges. */
    async isForward(before: string, after: string): Promise<boolean> {
        let at: string | undefined = after;
        for (let steps = 0; at !== undefined && steps < walkedSteps; steps += 1) {
            if (at === before) return true;
            const { parents } = parseCommit(at, (await this.objects.read(at)).data);
            if (parents.length > 1) break;
            at = parents[0];
        }
        const { exitCode } = await this.git.run({
            gitDir: this.gitDir,
            verb: "merge-base",
            flags: ["--is-ancestor"],
            operands: [before, after],
            environment: this.objects.environment,
            answers: [0, 1, 128],
        });
        return exitCode === 0;
    }

    /** Moves the objects to where everybody sees them; packs before their indexes. */
    async release(): Promise<void> {
        const target = path.join(this.gitDir, "objects");
        for (const entry of await readdir(this.folder)) {
            const names = await readdir(path.join(this.folder, entry));
            names.sort((one, two) => Number(one.endsWith(".idx")) - Number(two.endsWith(".idx")));
            await mkdir(path.join(target, entry), { recursive: true });
            for (const name of names) await this.#releaseFile(path.join(this.folder, entry, name), path.join(target, entry, name));
        }
        await this.discard();
    }

    async discard(): Promise<void> {
        await rm(this.folder, { recursive: true, force: true });
    }

    async #releaseFile(from: string, to: string): Promise<void> {
        if (/\/tmp_/.test(from)) return;
        await link(from, to).catch(async (error: NodeJS.ErrnoException) => {
            if (error.code === "EEXIST") return;
            await rename(from, to);
        });
    }
}
