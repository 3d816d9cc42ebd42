import { link, mkdir, readdir, rename } from "node:fs/promises";
import path from "node:path";
import { isShortlyBefore } from "../objects/ancestry";
import { ObjectStore } from "../objects/object-store";
import type { Git } from "../process/git";
import type { Launched } from "../process/launcher";
import { claimRepository, type RepositoryClaim } from "../upkeep/repository-claim";
import { packProblem } from "./pack-failure";

/**
 * Packs of at most this many objects are unpacked, larger ones are kept as they come. As git's own
 * `transfer.unpackLimit`.
 */
export const unpackLimit = 100;

const receiveTimeoutMs = 3_600_000;
const releaseAttempts = 5;

/** Rules of git that histories of other tools break and that harm nobody. */
const tolerated = [
    "badTimezone",
    "missingSpaceBeforeDate",
    "zeroPaddedFilemode",
    "missingNameBeforeEmail",
    "zeroPaddedDate",
    "nullSha1",
];
const strict = `--strict=${tolerated.map((rule) => `${rule}=ignore`).join(",")}`;

/** A place beside the objects of a repository where a push is received and looked at before anybody can see it. */
export class Quarantine {
    readonly objects: ObjectStore;
    /** Bytes of the pack that was received. */
    received = 0;

    private constructor(
        private readonly git: Git,
        private readonly gitDir: string,
        private readonly claim: RepositoryClaim,
    ) {
        this.objects = new ObjectStore(gitDir, [claim.folder, path.join(gitDir, "objects")]);
    }

    static async open(git: Git, gitDir: string): Promise<Quarantine> {
        return new Quarantine(git, gitDir, await claimRepository(gitDir));
    }

    /** Takes a pack off a stream. Throws `body-too-large`, `push-refused`, or the error that ended the stream. */
    async receive(packHeader: Buffer, pack: AsyncIterable<Buffer>, maxPackBytes: number): Promise<void> {
        const objectCount = packHeader.length >= 12 ? packHeader.readUInt32BE(8) : 0;
        const flags = [strict, `--max-input-size=${maxPackBytes}`];
        const call =
            objectCount <= unpackLimit
                ? { verb: "unpack-objects", flags: ["-q", ...flags] }
                : { verb: "index-pack", flags: ["--stdin", "--fix-thin", ...flags] };
        const child = await this.git.start({
            ...call,
            gitDir: this.gitDir,
            environment: this.objects.environment,
            timeoutMs: receiveTimeoutMs,
            isStream: true,
        });
        child.stdout.resume();
        try {
            await this.#feed(child, pack);
        } catch (error) {
            child.kill();
            await child.ended;
            throw error;
        }
        child.stdin.end();
        const { exitCode, stderr } = await child.ended;
        if (exitCode !== 0) throw packProblem(stderr, maxPackBytes) ?? this.git.failure(call.verb, exitCode, stderr);
    }

    /** True when an object is there, new or old. */
    async has(oid: string): Promise<boolean> {
        return (await this.objects.facts(oid)) !== undefined;
    }

    /**
     * True when `before` is in the history of `after`. A short way back is walked here; git is asked about longer ones
     * and merges.
     */
    async isForward(before: string, after: string): Promise<boolean> {
        if (await isShortlyBefore(this.objects, before, after)) return true;
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

    /** Makes the objects visible to everybody; packs come before their indexes. */
    async release(): Promise<void> {
        for (const entry of await readdir(this.claim.folder)) {
            const names = await readdir(path.join(this.claim.folder, entry));
            names.sort((one, two) => Number(one.endsWith(".idx")) - Number(two.endsWith(".idx")));
            for (const name of names) await this.#releaseFile(path.join(entry, name));
        }
    }

    /** To be called at the end, released or not. */
    async discard(): Promise<void> {
        await this.claim.release();
    }

    /** Hands the pack to git as fast as git takes it. When git takes no more, the rest of the pack is dropped. */
    async #feed(child: Launched, pack: AsyncIterable<Buffer>): Promise<void> {
        for await (const chunk of pack) {
            this.received += chunk.length;
            if (child.stdin.writable && !child.stdin.write(chunk)) {
                await Promise.race([new Promise((resolve) => child.stdin.once("drain", resolve)), child.ended]);
            }
        }
    }

    async #releaseFile(name: string): Promise<void> {
        const from = path.join(this.claim.folder, name);
        const to = path.join(this.gitDir, "objects", name);
        if (path.basename(name).startsWith("tmp_")) return;
        for (let attempt = 1; ; attempt += 1) {
            try {
                await mkdir(path.dirname(to), { recursive: true });
                return await link(from, to);
            } catch (error) {
                const { code } = error as NodeJS.ErrnoException;
                if (code === "EEXIST") return;
                // housekeeping removes folders that have become empty
                if (code === "ENOENT" && attempt < releaseAttempts) continue;
                return rename(from, to); // a volume without links
            }
        }
    }
}
