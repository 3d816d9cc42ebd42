import { randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { deflate, inflate } from "node:zlib";
import { Problem } from "section-model";
import type { Git } from "./command";
import { type GitObject, hashObject, type ObjectType, parseTree, type TreeEntry } from "./object-format";

const compress = promisify(deflate);
const decompress = promisify(inflate);

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === "ENOENT";
const alreadyThere = (error: unknown) => (error as NodeJS.ErrnoException).code === "EEXIST";

/** Objects written lately, by id: where one lies on the disk already. New sites begin with the same files. */
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

/** Objects of one repository: loose ones are read and written here, packed ones are asked from git. */
export class ObjectStore {
    /**
     * `folders` are searched in order; new objects go into the first. A quarantine comes before the repository's own.
     * `home` is where the repository will be, when it is made under another name.
     */
    constructor(
        private readonly git: Git,
        private readonly gitDir: string,
        private readonly folders: readonly string[] = [path.join(gitDir, "objects")],
        private readonly home = gitDir,
    ) {}

    /** What git needs in its environment to see the same objects. */
    get environment(): Record<string, string> {
        const [first, ...others] = this.folders;
        if (first === undefined || others.length === 0) return {};
        return { GIT_OBJECT_DIRECTORY: first, GIT_ALTERNATE_OBJECT_DIRECTORIES: others.join(":") };
    }

    async read(oid: string): Promise<GitObject> {
        return (await this.#readLoose(oid)) ?? (await this.#readPacked(oid));
    }

    async readTree(oid: string): Promise<TreeEntry[]> {
        return parseTree((await this.read(oid)).data);
    }

    /** Writes an object, on the disk when this returns; one that exists is left alone. */
    async write(type: ObjectType, data: Buffer): Promise<string> {
        const oid = hashObject(type, data);
        const folder = path.join(this.folders[0] as string, oid.slice(0, 2));
        const file = path.join(folder, oid.slice(2));
        await mkdir(folder, { recursive: true });
        if (await linkWritten(oid, file)) return oid;
        const temporary = path.join(folder, `tmp_obj_${randomBytes(6).toString("hex")}`);
        const handle = await open(temporary, "wx", 0o444);
        try {
            await handle.writeFile(await compress(Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data]), { level: 1 }));
            await handle.sync();
        } finally {
            await handle.close();
        }
        try {
            await link(temporary, file);
        } catch (error) {
            if (!alreadyThere(error)) throw error;
        } finally {
            await rm(temporary, { force: true });
        }
        remember(oid, path.join(this.home, path.relative(this.gitDir, file)));
        return oid;
    }

    async #readLoose(oid: string): Promise<GitObject | undefined> {
        for (const folder of this.folders) {
            try {
                const raw = await decompress(await readFile(path.join(folder, oid.slice(0, 2), oid.slice(2))));
                const nul = raw.indexOf(0);
                const [type] = raw.toString("latin1", 0, nul).split(" ");
                return { type: type as ObjectType, data: raw.subarray(nul + 1) };
            } catch (error) {
                if (!isMissing(error)) throw error;
            }
        }
        return undefined;
    }

    async #readPacked(oid: string): Promise<GitObject> {
        const { stdout } = await this.git.run({
            gitDir: this.gitDir,
            verb: "cat-file",
            flags: ["--batch"],
            stdin: `${oid}\n`,
            environment: this.environment,
        });
        const line = stdout.indexOf(0x0a);
        const [, type, size] = stdout.toString("latin1", 0, line).split(" ");
        if (type === "missing" || size === undefined) throw new Problem("internal", `object ${oid} is missing in its repository`);
        return { type: type as ObjectType, data: stdout.subarray(line + 1, line + 1 + Number(size)) };
    }
}
