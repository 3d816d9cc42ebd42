import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";

interface Owner {
    pid: number;
    /** When that process started, in clock ticks since boot: tells a reused pid from the process that locked. */
    started: string;
}

async function startOf(pid: number): Promise<string | undefined> {
    try {
        const stat = await readFile(`/proc/${pid}/stat`, "latin1");
        return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    } catch {
        return undefined;
    }
}

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}

async function readOwner(file: string): Promise<Owner | undefined> {
    try {
        return JSON.parse(await readFile(file, "utf8")) as Owner;
    } catch {
        return undefined;
    }
}

async function stillHolds({ pid, started }: Owner): Promise<boolean> {
    if (!isAlive(pid)) return false;
    const now = await startOf(pid);
    return now === undefined || started === "" || now === started;
}

const held = new Set<string>();

/**
 * Takes a data folder for this process. Two processes on one PGlite folder lose data, so the second one is refused with
 * `directory-locked`, naming the first; what a dead process left is taken over.
 *
 * @returns a function that gives the folder back
 */
export async function lockDirectory(folder: string): Promise<() => Promise<void>> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = path.join(path.resolve(folder), "section-platform.lock");
    const refuse = (pid: number) => new Problem("directory-locked", `${folder} is in use by process ${pid}`);
    if (held.has(file)) throw refuse(process.pid);
    const own = `${file}.${process.pid}`;
    const owner: Owner = { pid: process.pid, started: (await startOf(process.pid)) ?? "" };
    await writeFile(own, JSON.stringify(owner));
    try {
        for (let attempt = 0; ; attempt += 1) {
            try {
                await link(own, file);
                break;
            } catch (error) {
                if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
            }
            const other = await readOwner(file);
            if (other !== undefined && ((await stillHolds(other)) || attempt > 10)) throw refuse(other.pid);
            await rm(file, { force: true });
        }
    } finally {
        await rm(own, { force: true });
    }
    held.add(file);
    return async () => {
        held.delete(file);
        await rm(file, { force: true });
    };
}
