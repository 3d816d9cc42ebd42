import { readFile } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import { Problem } from "section-model";
import { withProgress } from "../terminal/progress";
import { runEngine } from "./engine";
import { engineRefusal } from "./engine-refusal";
import { errorsOf, type Preview, readPreview } from "./preview";
import { type StackChoice, stackArguments } from "./stack-config";

export interface PreviewOptions extends StackChoice {
    /** Compares the state with the platform first. */
    refresh?: boolean;
    /** Further arguments of `pulumi preview`, such as `--target`. */
    args?: readonly string[];
    /** Beside the variables of this process. */
    environment?: Readonly<Record<string, string>>;
}

export interface PreviewRun extends Preview {
    /** False when the engine or the program refused: `diagnostics` say why. */
    isPossible: boolean;
    /** The engine's output: a JSON document. */
    text: string;
}

/**
 * Runs `pulumi preview`. A preview that the program or the provider refuses is a result, too. Throws where it could not
 * run.
 */
export async function runPreview({
    stack,
    cwd,
    refresh,
    args = [],
    environment,
}: PreviewOptions = {}): Promise<PreviewRun> {
    const command = [
        "preview",
        "--json",
        "--show-sames",
        ...stackArguments({ stack }),
        ...(refresh ? ["--refresh"] : []),
        ...args,
    ];
    const previewed = await withProgress("previewing", () => runEngine(command, { cwd, environment }));
    const { code, stdout } = previewed;
    if (code !== 0 && !stdout.trimStart().startsWith("{")) throw engineRefusal("pulumi preview failed", previewed);
    const preview = readPreview(stdout);
    // a preview goes on after an error that a program logs, and the engine ends with 0
    return { ...preview, isPossible: code === 0 && errorsOf(preview).length === 0, text: stdout };
}

/** Reads a saved preview; `-` is stdin. */
export async function readPreviewFile(file: string): Promise<Preview> {
    const text = await (file === "-" ? textOf(process.stdin) : readFile(file, "utf8")).catch((cause) => {
        throw new Problem("invalid-input", `${file} cannot be read: ${(cause as Error).message}`, {
            remedy: "Save one with: pulumi preview --json --show-sames > preview.json",
            cause,
        });
    });
    return readPreview(text);
}
