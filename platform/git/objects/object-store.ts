import { randomBytes } from "node:crypto";
import { link, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";
import { Damage, damageProblem } from "../../damage";
import { Gate } from "../../gate";
import { Allowance } from "./allowance";
import { deflateObject } from "./deflate-object";
import { glanceLoose, readLoose } from "./loose-object";
import { isMissing, unlessMissing } from "./missing-file";
import { namingDamage, ObjectDamage } from "./object-damage";
import {
    factsOf,
    type GitObject,
    type Glance,
    hashObject,
    isSmall,
    type ObjectFacts,
    type ObjectType,
    parseTree,
    type TreeEntry,
} from "./object-format";
import { PackFile } from "./pack";

const alreadyThere = (error: unknown) => (error as NodeJS.ErrnoException).code === "EEXIST";

/** The files of objects written lately, by id, as new sites begin with the same files. */
const written = new Map<string, string>();
const mostWritten = 1_000;

function noteWritten(oid: string, file: string): void {
    written.delete(oid);
    written.set(oid, file);
    const [oldest] = written.keys();
    if (written.size > mostWritten && oldest !== undefined) written.delete(oldest);
}

/** Gives an object that some repository has a second name instead of writing it again: objects never change. */
async function linkWritten(oid: string, file: string): Promise<boolean> {
    const source = written.get(oid);
    if (source === undefined) return false;
    try {
        await link(source, file);
        return true;
    } catch (error) {
        if (alreadyThere(error)) return true;
        written.delete(oid); // its repository is gone, or lies on another disk
        return false;
    }
}

async function writeLoose(file: string, data: Buffer): Promise<void> {
    const temporary = path.join(path.dirname(file), `tmp_obj_${randomBytes(6).toString("hex")}`);
    const packed = await deflateObject(data);
    try {
        await writeFile(temporary, packed, { flag: "wx", mode: 0o444, flush: true });
        await rename(temporary, file); // over the same content, if another writer was faster
    } catch (error) {
        await rm(temporary, { force: true });
        throw error;
    }
}

/** Checks that an object is the one that was asked for: an id is the checksum of its object. */
function requireId<G extends Glance | undefined>(oid: string, found: G): G {
    if (found === undefined || !("data" in found)) return found;
    const id = hashObject(found.type, found.data);
    if (id !== oid) throw new ObjectDamage(`its content has the id ${id}`);
    return found;
}

/** Files open at once, of all repositories: a tree of thousands of folders is read without running out of them. */
const reading = new Gate(64);

/** Objects move from loose files into packs and from pack to pack while they are looked for. */
const lookAttempts = 3;

const writeAttempts = 5;

/** Bytes that a store keeps in memory of what it has read. */
const keptBytes = 4 * 1024 * 1024;
/** What an object in memory takes beside its data. */
const objectBytes = 400;

/**
 * Objects of one repository, loose and packed, read and written without starting git. A store lives as long as one
 * piece of work: it reads a small object and a small pack once, and keeps them.
 */
export class ObjectStore {
    readonly #allowance = new Allowance(keptBytes);
    readonly #kept = new Map<string, GitObject>();
    #packs: readonly PackFile[] | undefined;

    /**
     * `folders` are searched in order; new objects go into the first. A quarantine comes before the repository's own.
     * `home` is the final folder of a repository that is made under another name.
     */
    constructor(
        private readonly gitDir: string,
        private readonly folders: readonly string[] = [path.join(gitDir, "objects")],
        private readonly home = gitDir,
    ) {}

    /** The environment variables that git needs to see the same objects. */
    get environment(): Record<string, string> {
        const [first, ...others] = this.folders;
        if (first === undefined || others.length === 0) return {};
        return { GIT_OBJECT_DIRECTORY: first, GIT_ALTERNATE_OBJECT_DIRECTORIES: others.join(":") };
    }

    async read(oid: string): Promise<GitObject> {
        const kept = this.#kept.get(oid);
        if (kept !== undefined) return kept;
        const found = await this.#look(oid, readLoose, (pack) => pack.read(oid));
        if (found === undefined) throw await this.#missing(oid);
        this.#keep(oid, found);
        return found;
    }

    /** The type and size of an object, without reading all of a large one; undefined when it is missing. */
    async facts(oid: string): Promise<ObjectFacts | undefined> {
        const found = this.#kept.get(oid) ?? (await this.#look(oid, glanceLoose, (pack) => pack.glance(oid)));
        if (found === undefined) return undefined;
        if ("data" in found) this.#keep(oid, found);
        return factsOf(found);
    }

    async readTree(oid: string): Promise<TreeEntry[]> {
        return parseTree((await this.read(oid)).data);
    }

    /** Writes an object, on the disk when this returns. */
    async write(type: ObjectType, data: Buffer): Promise<string> {
        const oid = hashObject(type, data);
        const file = path.join(this.folders[0] as string, oid.slice(0, 2), oid.slice(2));
        for (let attempt = 1; ; attempt += 1) {
            try {
                await mkdir(path.dirname(file), { recursive: true });
                if (!(await linkWritten(oid, file))) {
                    await writeLoose(file, Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data]));
                    noteWritten(oid, path.join(this.home, path.relative(this.gitDir, file)));
                }
                return oid;
            } catch (error) {
                // a folder whose objects were packed is removed, even from under a writer
                if (!isMissing(error) || attempt === writeAttempts) throw error;
            }
        }
    }

    /** A repository that was removed while it was read is no damage. */
    async #missing(oid: string): Promise<Problem> {
        const isThere = (await unlessMissing(stat(path.join(this.gitDir, "HEAD")))) !== undefined;
        return isThere
            ? damageProblem(`object ${oid} is missing in ${this.gitDir}`, new Damage("an object is missing"))
            : new Problem("not-found", "the repository is gone");
    }

    #keep(oid: string, object: GitObject): void {
        const { length } = object.data;
        if (!this.#kept.has(oid) && isSmall(length) && this.#allowance.take(length + objectBytes))
            this.#kept.set(oid, object);
    }

    /** Looks for an object in its own file and in packs. Throws for one that is not what its id says. */
    async #look<G extends Glance>(
        oid: string,
        inFile: (file: string) => Promise<G>,
        inPack: (pack: PackFile) => Promise<G | undefined>,
    ): Promise<G | undefined> {
        const lookInPacks = async (packs: readonly PackFile[]) => {
            for (const pack of packs) {
                const looking = inPack(pack).then((found) => requireId(oid, found));
                const found = await unlessMissing(namingDamage(oid, `${pack.file}.pack`, looking));
                if (found !== undefined) return found;
            }
        };
        return reading.run(async () => {
            for (let attempt = 1; attempt <= lookAttempts; attempt += 1) {
                const kept = await lookInPacks(this.#packs?.filter(({ isKept }) => isKept) ?? []);
                if (kept !== undefined) return kept;
                for (const folder of this.folders) {
                    const file = path.join(folder, oid.slice(0, 2), oid.slice(2));
                    const looking = inFile(file).then((found) => requireId(oid, found));
                    const found = await unlessMissing(namingDamage(oid, file, looking));
                    if (found !== undefined) return found;
                }
                if (this.#packs === undefined || attempt > 1) await this.#listPacks();
                const packed = await lookInPacks(this.#packs ?? []);
                if (packed !== undefined) return packed;
            }
            return undefined;
        });
    }

    async #listPacks(): Promise<void> {
        const known = new Map(this.#packs?.map((pack) => [pack.file, pack]));
        const lists = await Promise.all(this.folders.map(listPacks));
        this.#packs = lists.flat().map((file) => known.get(file) ?? new PackFile(file, this.#allowance));
    }
}

/** The packs below an objects folder, without an ending. */
async function listPacks(folder: string): Promise<string[]> {
    const names = (await unlessMissing(readdir(path.join(folder, "pack")))) ?? [];
    return names
        .filter((name) => name.endsWith(".idx"))
        .map((name) => path.join(folder, "pack", name.slice(0, -".idx".length)));
}
