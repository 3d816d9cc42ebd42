import { link, mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { formatSize, Problem } from "section-model";
import { isShortlyBefore } from "../objects/ancestry";
import { ObjectStore } from "../objects/object-store";
import type { Asker } from "../process/asker";
import type { Git } from "../process/git";
import { spool } from "../spool";
import { claimRepository, type RepositoryClaim } from "../upkeep/repository-claim";
import { inspectPack, type PackFacts } from "./inspect-pack";
import { packProblem } from "./pack-failure";
import { type PushSizes, packLimits } from "./pack-limits";

/**
 * Packs of at most this many objects are unpacked, larger ones are kept as they come. As git's own
 * `transfer.unpackLimit`.
 */
export const unpackLimit = 100;
/** The same for what git holds while it unpacks them. */
const unpackedBytes = 32 * 1024 * 1024;
/** A pack of which git holds more is taken while no other such pack is. */
const heavyBytes = 64 * 1024 * 1024;

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

const anyExitCode = Array.from({ length: 256 }, (_, code) => code);

/** An object is held beside its base and the difference; what git keeps of each object is a few hundred bytes. */
function isHeavy({ largestBytes, objects }: PackFacts): boolean {
    return largestBytes + 300 * objects > heavyBytes;
}

const tooLarge = (maxPackBytes: number) =>
    new Problem(
        "body-too-large",
        `the pack is larger than ${formatSize(maxPackBytes)}, which is the most this platform accepts`,
        { remedy: "Push less at once, and keep large files elsewhere" },
    );

/**
 * A place beside the objects of a repository where a push is received and looked at before anybody can see it. While
 * its client sends, a push is a file; git begins when all is there.
 */
export class Quarantine {
    readonly objects: ObjectStore;
    /** Bytes of the pack that was received. */
    received = 0;

    private constructor(
        private readonly git: Git,
        private readonly gitDir: string,
        private readonly claim: RepositoryClaim,
        private readonly asker: Asker | undefined,
    ) {
        this.objects = new ObjectStore(gitDir, [claim.folder, path.join(gitDir, "objects")]);
    }

    /** @param asker for whom git works on it; default: the platform */
    static async open(git: Git, gitDir: string, asker?: Asker): Promise<Quarantine> {
        return new Quarantine(git, gitDir, await claimRepository(gitDir), asker);
    }

    get #pack(): string {
        return path.join(this.claim.folder, "tmp_pack");
    }

    /** Takes a pack off a stream, into a file. Throws `body-too-large`, or the error that ended the stream. */
    async receive(pack: AsyncIterable<Buffer>, maxPackBytes: number): Promise<void> {
        this.received = await spool(pack, this.#pack, maxPackBytes, () => tooLarge(maxPackBytes));
    }

    /** Looks at the pack that was received, then unpacks it. Throws `push-refused`. */
    async unpack(sizes: PushSizes): Promise<void> {
        const facts = await inspectPack(this.#pack, packLimits(sizes));
        await this.#requireFiles(facts.ofFiles);
        const flags = [strict, `--max-input-size=${sizes.maxPackBytes}`];
        const isSmall = facts.objects <= unpackLimit && facts.heldBytes <= unpackedBytes;
        const call = isSmall
            ? { verb: "unpack-objects", flags: ["-q", ...flags] }
            : { verb: "index-pack", flags: ["--stdin", "--fix-thin", ...flags] };
        const { exitCode, stderr } = await this.git.run({
            ...call,
            gitDir: this.gitDir,
            asker: this.asker,
            stdinFile: this.#pack,
            isHeavy: !isSmall && isHeavy(facts),
            environment: this.objects.environment,
            isThrifty: true,
            timeoutMs: receiveTimeoutMs,
            answers: anyExitCode,
        });
        await rm(this.#pack, { force: true });
        if (exitCode !== 0) throw packProblem(stderr) ?? this.git.failure(call.verb, exitCode, stderr);
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
            asker: this.asker,
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
        const entries = await readdir(this.claim.folder, { withFileTypes: true });
        for (const { name: entry } of entries.filter((each) => each.isDirectory())) {
            const names = await readdir(path.join(this.claim.folder, entry));
            names.sort((one, two) => Number(one.endsWith(".idx")) - Number(two.endsWith(".idx")));
            for (const name of names) await this.#releaseFile(path.join(entry, name));
        }
    }

    /** To be called at the end, released or not. */
    async discard(): Promise<void> {
        await this.claim.release();
    }

    /** Only files are large. What a large object is a difference to tells what it is. */
    async #requireFiles(oids: readonly string[]): Promise<void> {
        for (const oid of oids) {
            const facts = await this.objects.facts(oid);
            if (facts?.type === "blob") continue;
            throw new Problem("push-refused", `the push has a large object that is a difference to ${oid}`, {
                remedy: "Push it as a whole: git push --no-thin",
            });
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
