import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import { withFolder } from "./platform";

/** Runs `work` with this shell script as the command pulumi. Without a script there is no such command. */
export async function withEngine(script: string | undefined, work: (folder: string) => Promise<void>): Promise<void> {
    const before = process.env.PATH;
    await withFolder(async (folder) => {
        if (script !== undefined) {
            await writeFile(path.join(folder, "pulumi"), `#!/bin/sh\n${script}\n`);
            await chmod(path.join(folder, "pulumi"), 0o755);
        }
        try {
            process.env.PATH = script === undefined ? folder : `${folder}${path.delimiter}${before}`;
            await work(folder);
        } finally {
            process.env.PATH = before;
        }
    });
}
