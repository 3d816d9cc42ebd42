import { execFile } from "node:child_process";
import { open, rm, statfs } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { withFolder } from "../../support/platform";

const run = promisify(execFile);

/** A file system of its own, in memory. */
export interface SmallDisk {
    folder: string;
    /** Leaves so many bytes free. */
    fill(freeBytes: number): Promise<void>;
    empty(): Promise<void>;
}

/**
 * Gives `work` a disk of some mebibytes.
 *
 * @returns why there is none, where this process may not mount one
 */
export async function withSmallDisk(
    mebibytes: number,
    work: (disk: SmallDisk) => Promise<void>,
): Promise<string | undefined> {
    return withFolder(async (folder) => {
        const mounting = run("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m`, "tmpfs", folder]);
        const refusal = await mounting.then(
            () => undefined,
            (error: Error & { stderr?: string }) => (error.stderr || error.message).trim(),
        );
        if (refusal !== undefined) return `no disk can be mounted here: ${refusal}`;
        const filler = path.join(folder, "filler");
        const fill = async (freeBytes: number) => {
            const handle = await open(filler, "a");
            try {
                for (let size = 1_048_576; size >= 4_096; ) {
                    const { bavail, bsize } = await statfs(folder);
                    if (bavail * bsize - size < freeBytes) size /= 2;
                    else await handle.write(Buffer.alloc(size));
                }
            } finally {
                await handle.close();
            }
        };
        try {
            await work({ folder, fill, empty: () => rm(filler, { force: true }) });
        } finally {
            await run("umount", ["--lazy", folder]);
        }
        return undefined;
    });
}

/**
 * Makes everything below a folder read-only for whatever opens it from now on, until the returned function is called.
 * Undefined where this process may not.
 */
export async function makeReadOnly(folder: string): Promise<(() => Promise<void>) | undefined> {
    try {
        await run("mount", ["--bind", folder, folder]);
    } catch {
        return undefined;
    }
    await run("mount", ["-o", "remount,ro,bind", folder]);
    return async () => void (await run("umount", ["--lazy", folder]));
}
