import { randomBytes } from "node:crypto";
import { link, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { Problem } from "section-model";
import { Damage, damageProblem } from "../../damage";
import { Gate } from "../../gate";
import { looseFacts, readLoose } from "./loose-object";
import { isMissing, unlessMissing } from "./missing-file";
import { namingDamage, ObjectDamage } from "./object-damage";
import {
    type GitObject,
    hashObject,
    type ObjectFacts,
    type ObjectType,
    parseTree,
    type TreeEntry,
} from "./object-format";
import { inPack } from "./pack";

const compress = promisify(deflate);

const alreadyThere = (error: unknown) => (error as NodeJS.ErrnoException).code === "EEXIST";

/** The files of objects written lately, by id, as new sites begin with the same files. */
const written = new Map<string, string>();
const remembered = 1_000;

function remember(oid: string, file: string): void {
    written.delete(oid);
    written.set(oid, file);
    const [oldest] = written.keys();
    if (written.size > remembered && oldest !== undefined) written.delete(oldest);
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
    const handle = await open(temporary, "wx", 0o444);
    try {
        await handle.writeFile(await compress(data, { level: 1 }));
        await handle.sync();
        await link(temporary, file);
    } catch (error) {
        if (!alreadyThere(error)) throw error;
    } finally {
        await handle.close();
        await rm(temporary, { force: true });
    }
}

/** Checks that an object is the one that was asked for: an id is the checksum of its object. */
function requireId(oid: string, object: GitObject): GitObject {
    const found = hashObject(object.type, object.data);
    if (found !== oid) throw new ObjectDamage(`its content has the id ${found}`);
    return object;
}

/** Files open at once, of all repositories: a tree of thousands of folders is read without running out of them. */
const reading = new Gate(64);

/** Objects move from loose files into packs and from pack to pack while they are looked for. */
const lookAttempts = 3;

const writeAttempts = 5;

/** Objects of one repository, loose and packed, read and written without starting git. */
export class ObjectStore {
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
        const found = await this.#look(
            async (file) => requireId(oid, await readLoose(file)),
            (file) => inPack(file, oid, async (pack, at) => requireId(oid, await pack.read(at))),
            oid,
        );
        if (found === undefined) throw await this.#missing(oid);
        return found;
    }

    /** The type and size of an object, without reading all of it; undefined when it is missing. */
    async facts(oid: string): Promise<ObjectFacts | undefined> {
        return this.#look(looseFacts, (file) => inPack(file, oid, (pack, at) => pack.facts(at)), oid);
    }

    async readTree(oid: string): Promise<TreeEntry[]> {
        return parseTree((await this.read(oid)).data);
    }

    /** Writes an object, on the disk when this returns; one that exists is left alone. */
    async write(type: ObjectType, data: Buffer): Promise<string> {
        const oid = hashObject(type, data);
        const file = path.join(this.folders[0] as string, oid.slice(0, 2), oid.slice(2));
        for (let attempt = 1; ; attempt += 1) {
            try {
                await mkdir(path.dirname(file), { recursive: true });
                if (!(await linkWritten(oid, file))) {
                    await writeLoose(file, Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data]));
                    remember(oid, path.join(this.home, path.relative(this.gitDir, file)));
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

    async #look<T>(
        inFile: (file: string) => Promise<T>,
        inPackFile: (file: string) => Promise<T | undefined>,
        oid: string,
    ): Promise<T | undefined> {
        return reading.run(async () => {
            for (let attempt = 1; attempt <= lookAttempts; attempt += 1) {
                for (const folder of this.folders) {
                    const file = path.join(folder, oid.slice(0, 2), oid.slice(2));
                    const found = await unlessMissing(namingDamage(oid, file, inFile(file)));
                    if (found !== undefined) return found;
                }
                for (const folder of this.folders) {
                    for (const file of await listPacks(folder)) {
                        const found = await unlessMissing(namingDamage(oid, `${file}.pack`, inPackFile(file)));
                        if (found !== undefined) return found;
                    }
                }
            }
            return undefined;
        });
    }
}

/** The packs below an objects folder, without an ending. */
async function listPacks(folder: string): Promise<string[]> {
    const names = (await unlessMissing(readdir(path.join(folder, "pack")))) ?? [];
    return names
        .filter((name) => name.endsWith(".idx"))
        .map((name) => path.join(folder, "pack", name.slice(0, -".idx".length)));
}
