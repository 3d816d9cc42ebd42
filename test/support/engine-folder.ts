import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { withEngine } from "./engine-script";

/** What a stack of `engineFolder` has at first. */
export interface FolderStack {
    /** The output of `pulumi stack export`. */
    state: string;
    /** Its config, by key. */
    config?: Record<string, { value?: string; secret?: boolean }>;
    /** Its tags. */
    tags?: Record<string, string>;
    /** Pulumi.yaml. */
    project?: string;
    /** A shell's words before the engine answers. */
    first?: string;
}

/** A folder with a program, whose engine keeps a state and notes changes of the config. It does nothing else. */
export interface FolderEngine {
    folder: string;
    state(): Promise<string>;
    setState(text: string): Promise<void>;
    /** Changes of the config, a line each. */
    configured(): Promise<string[]>;
}

const script = `
case "$2 $3" in
"stack export") cat "$FOLDER/state" ;;
"stack import") cat > "$FOLDER/state" ;;
"stack tag") cat "$FOLDER/tags" ;;
"config --json") cat "$FOLDER/config" ;;
"config set" | "config rm") shift; echo "$@" >> "$FOLDER/configured" ;;
*) echo "no such command: $*" >&2; exit 9 ;;
esac`;

/** Works with the engine of a folder. */
export function withEngineFolder(stack: FolderStack, work: (engine: FolderEngine) => Promise<void>): Promise<void> {
    const { state, config = {}, tags = {}, project = "name: agency\nruntime: nodejs\n", first = "" } = stack;
    return withEngine(`FOLDER=$(dirname "$0")\n${first}\n${script}`, async (folder) => {
        const at = (file: string) => path.join(folder, file);
        await writeFile(at("state"), state);
        await writeFile(at("config"), JSON.stringify(config));
        await writeFile(at("tags"), JSON.stringify(tags));
        await writeFile(at("configured"), "");
        await writeFile(at("Pulumi.yaml"), project);
        await work({
            folder,
            state: () => readFile(at("state"), "utf8"),
            setState: (text) => writeFile(at("state"), text),
            configured: async () =>
                (await readFile(at("configured"), "utf8")).split("\n").filter((line) => line !== ""),
        });
    });
}
