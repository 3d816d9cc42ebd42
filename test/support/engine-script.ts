import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import { withFolder } from "./platform";

/** Lets `work` run with a command named pulumi that is this shell script; without one there is none. */
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
