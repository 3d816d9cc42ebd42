import { chmod, lstat, realpath, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";

/**
 * Errors of a file that can be written but not replaced: its folder belongs to another user, or the file is a mount.
 */
const inPlaceOnly: readonly unknown[] = ["EACCES", "EPERM", "EBUSY"];

async function replaceFile(file: string, text: string, mode?: number): Promise<void> {
    const beside = `${file}.${process.pid}.partial`;
    try {
        await writeFile(beside, text, { mode });
        if (mode !== undefined) await chmod(beside, mode); // whatever the umask is
        await rename(beside, file);
    } catch (error) {
        await rm(beside, { force: true });
        if (!inPlaceOnly.includes((error as NodeJS.ErrnoException).code)) throw error;
        await writeFile(file, text);
    }
}

/**
 * Writes a file that a person named. A reader sees the old content or the new one, unless the file can only be written
 * in place. A path that is no file, such as /dev/stdout or a dangling link, is written to and not replaced.
 */
export async function writeText(file: string, text: string): Promise<void> {
    try {
        const target = await realpath(file).catch(() => file);
        const there = await lstat(target).catch(() => undefined);
        if (there === undefined || there.isFile()) await replaceFile(target, text, there?.mode);
        else await writeFile(target, text);
    } catch (cause) {
        throw new Problem("invalid-input", `${file} cannot be written (${(cause as NodeJS.ErrnoException).code})`, {
            remedy: "Name a file in a folder that exists and that you may write to",
            cause,
        });
    }
}

/** Gives a person the result: on stdout, or in a file, which is then said on stderr. */
export async function writeResult(text: string, file: string | undefined): Promise<void> {
    const ended = text.endsWith("\n") ? text : `${text}\n`;
    if (file === undefined) return void process.stdout.write(ended);
    await writeText(file, ended);
    process.stderr.write(`written to ${path.resolve(file)}\n`);
}
