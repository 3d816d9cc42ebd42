import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";

/** Gives a person the result: on stdout, or in a file, which is then said on stderr. */
export async function writeResult(text: string, file: string | undefined): Promise<void> {
    const ended = text.endsWith("\n") ? text : `${text}\n`;
    if (file === undefined) return void process.stdout.write(ended);
    try {
        await writeFile(file, ended);
    } catch (cause) {
        const { code } = cause as NodeJS.ErrnoException;
        throw new Problem("invalid-input", `${file} cannot be written (${code})`, { remedy: "Name a file in a folder that exists", cause });
    }
    process.stderr.write(`written to ${path.resolve(file)}\n`);
}
