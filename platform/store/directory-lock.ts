import { randomBytes } from "node:crypto";
import { link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";
import { describeSelf, type Holder, stillHolds } from "./lock-holder";

/** Locks are numbered: a new one goes above those of the dead, so that taking over never removes a lock somebody just got. */
const lockName = /^section-platform\.lock\.(\d+)$/;

async function listLocks(folder: string): Promise<number[]> {
    const numbers = (await readdir(folder)).flatMap((name) => lockName.exec(name)?.[1] ?? []);
    return numbers.map(Number).sort((one, other) => other - one);
}

async function readHolder(file: string): Promise<Holder | undefined> {
    try {
        return JSON.parse(await readFile(file, "utf8")) as Holder;
    } catch {
        return undefined; // given back meanwhile
    }
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
    const root = path.resolve(folder);
    const fileOf = (number: number) => path.join(root, `section-platform.lock.${number}`);
    const refuse = (pid: number) => new Problem("directory-locked", `${folder} is in use by process ${pid}`);
    if (held.has(root)) throw refuse(process.pid);
    held.add(root);
    const own = path.join(root, `section-platform.lock.new-${randomBytes(6).toString("hex")}`);
    let mine: number | undefined;
    try {
        await writeFile(own, JSON.stringify(await describeSelf()));
        while (mine === undefined) {
            const [highest = 0] = await listLocks(root);
            const holder = highest === 0 ? undefined : await readHolder(fileOf(highest));
            if (holder !== undefined && (await stillHolds(holder))) throw refuse(holder.pid);
            try {
                await link(own, fileOf(highest + 1));
                mine = highest + 1;
            } catch (error) {
                if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
            }
        }
        // somebody slower or faster may have got another number; of two living ones the higher stays
        for (const number of await listLocks(root)) {
            const holder = number > mine ? await readHolder(fileOf(number)) : undefined;
            if (holder !== undefined && (await stillHolds(holder))) throw refuse(holder.pid);
            if (number < mine) await rm(fileOf(number), { force: true });
        }
        const number = mine;
        return async () => {
            await rm(fileOf(number), { force: true });
            held.delete(root);
        };
    } catch (error) {
        if (mine !== undefined) await rm(fileOf(mine), { force: true });
        held.delete(root);
        throw error;
    } finally {
        await rm(own, { force: true });
    }
}
