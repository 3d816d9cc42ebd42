import { randomBytes } from "node:crypto";
import { link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";
import { beats, startBeating, type Timing, usualTiming } from "./heartbeat";
import { describeSelf, isElsewhere, type LockHolder, stillHolds } from "./lock-holder";

/**
 * Locks are numbered: a new one goes above those of the dead, so that taking over never removes a lock somebody just
 * got. The argument holds wherever the holder runs, because it only needs an answer to "does the holder of the highest
 * number live": a number goes to one process, a process that does not get it looks again at the one that did, and a
 * live process ends when there is a higher number.
 */
const lockName = /^section-platform\.lock\.(\d+)$/;

async function listLocks(folder: string): Promise<number[]> {
    const numbers = (await readdir(folder)).flatMap((name) => lockName.exec(name)?.[1] ?? []);
    return numbers.map(Number).sort((one, other) => other - one);
}

async function readHolder(file: string): Promise<LockHolder | undefined> {
    try {
        return JSON.parse(await readFile(file, "utf8")) as LockHolder;
    } catch (error) {
        // the lock is half written, or was given back meanwhile
        if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
    }
}

/**
 * Whether the holder of a lock lives. One that cannot be seen from here, or on a system that cannot tell it from a
 * zombie or from a process that got its number later, shows it by touching the lock.
 */
async function isHeld(file: string, holder: LockHolder, timing: Timing): Promise<boolean> {
    const isUnclear = holder.place !== undefined && holder.started === "";
    return isUnclear || (await isElsewhere(holder)) ? beats(file, timing) : stillHolds(holder);
}

const held = new Set<string>();

/**
 * Takes a data folder for this process. Two processes on one PGlite folder lose data, so the second one is refused with
 * `directory-locked`, naming the first; a lock of a dead process is taken over.
 *
 * @returns a function that gives the folder back
 */
export async function lockDirectory(folder: string, timing = usualTiming): Promise<() => Promise<void>> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const root = path.resolve(folder);
    const fileOf = (number: number) => path.join(root, `section-platform.lock.${number}`);
    const refuse = async (holder: LockHolder) => {
        const where = (await isElsewhere(holder)) ? " of another container or machine" : "";
        return new Problem("directory-locked", `${folder} is in use by process ${holder.pid}${where}`);
    };
    const content = JSON.stringify(await describeSelf());
    if (held.has(root)) throw await refuse(JSON.parse(content));
    held.add(root);
    const own = path.join(root, `section-platform.lock.new-${randomBytes(6).toString("hex")}`);
    let mine: number | undefined;
    let stopBeating = async () => {};
    try {
        await writeFile(own, content);
        while (mine === undefined) {
            const [highest = 0] = await listLocks(root);
            const holder = highest === 0 ? undefined : await readHolder(fileOf(highest));
            if (holder !== undefined && (await isHeld(fileOf(highest), holder, timing))) throw await refuse(holder);
            try {
                await link(own, fileOf(highest + 1));
                mine = highest + 1;
            } catch (error) {
                if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
            }
        }
        stopBeating = startBeating(fileOf(mine), content, timing);
        // somebody slower or faster may have got another number; of two living ones the higher stays
        for (const number of await listLocks(root)) {
            const holder = number > mine ? await readHolder(fileOf(number)) : undefined;
            if (holder !== undefined && (await isHeld(fileOf(number), holder, timing))) throw await refuse(holder);
            if (number < mine) await rm(fileOf(number), { force: true });
        }
        const number = mine;
        return async () => {
            await stopBeating(); // before the lock goes: it would put it back
            await rm(fileOf(number), { force: true });
            held.delete(root);
        };
    } catch (error) {
        await stopBeating();
        if (mine !== undefined) await rm(fileOf(mine), { force: true });
        held.delete(root);
        throw error;
    } finally {
        await rm(own, { force: true });
    }
}
