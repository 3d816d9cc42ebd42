import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import path from "node:path";

const cache = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"), "pulumi-section", "tests");
const keptMs = 7 * 24 * 60 * 60 * 1000;

/** A folder made once per value of `source`, all or nothing; other checkouts on this machine find it, too. */
export async function prepared(name: string, source: string, make: (folder: string) => Promise<void>): Promise<string> {
    const target = path.join(cache, `${name}-${createHash("sha256").update(source).digest("hex").slice(0, 16)}`);
    if (existsSync(target)) return target;
    await mkdir(cache, { recursive: true });
    const folder = await mkdtemp(path.join(tmpdir(), `${name}-`));
    try {
        await make(folder);
        await cp(folder, `${target}.${process.pid}`, { recursive: true });
        await rename(`${target}.${process.pid}`, target).catch(() =>
            rm(`${target}.${process.pid}`, { recursive: true, force: true }),
        ); // another one was first
        await forgetOthers(name, target);
        return target;
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** Removes folders of earlier sources that are older than a week: another checkout may use younger ones. */
async function forgetOthers(name: string, kept: string): Promise<void> {
    for (const each of await readdir(cache)) {
        const place = path.join(cache, each);
        if (!each.startsWith(`${name}-`) || place === kept) continue;
        const made = await stat(place).catch(() => undefined); // another process may just have renamed or removed it
        if (made !== undefined && Date.now() - made.mtimeMs > keptMs) await rm(place, { recursive: true, force: true });
    }
}
