import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";

/** Writes a file that a person named. */
export async function writeText(file: string, text: string): Promise<void> {
    await writeFile(file, text).catch((cause: NodeJS.ErrnoException) => {
        throw new Problem("invalid-input", `${file} cannot be written (${cause.code})`, { remedy: "Name a file in a folder that exists", cause });
    });
}

/** Gives a person the result: on stdout, or in a file, which is then said on stderr. */
export async function writeResult(text: string, file: string | undefined): Promise<void> {
    const ended = text.endsWith("\n") ? text : `${text}\n`;
    if (file === undefined) return void process.stdout.write(ended);
    await writeText(file, ended);
    process.stderr.write(`written to ${path.resolve(file)}\n`);
}
