import { randomBytes } from "node:crypto";
import { open, rm, statfs } from "node:fs/promises";
import path from "node:path";

const leastFreeBytes = 64 * 1024 * 1024;

/** Why nothing more can be written to a folder; undefined when it can. */
export async function findDiskObstacle(folder: string): Promise<string | undefined> {
    const file = path.join(folder, `tmp_probe_${randomBytes(6).toString("hex")}`);
    try {
        const { bavail, bsize } = await statfs(folder);
        if (bavail * bsize < leastFreeBytes) return "the disk is full";
        const handle = await open(file, "wx");
        try {
            await handle.writeFile("ready");
            await handle.sync();
        } finally {
            await handle.close();
            await rm(file, { force: true });
        }
        return undefined;
    } catch (error) {
        return `the disk cannot be written to (${(error as NodeJS.ErrnoException).code ?? "unknown"})`;
    }
}
