import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runEngine } from "./engine";
import { engineRefusal } from "./engine-refusal";
import type { StackChoice } from "./stack-config";

/** Where the engine keeps the states of stacks. */
export interface Backend {
    /** False for a service such as Pulumi Cloud: it keeps a journal, so that no step writes the whole state. */
    isSelfManaged: boolean;
    /** The folder with the states, where it is one of this machine. */
    folder?: string;
}

/**
 * Reads the address of a backend, as the engine says it.
 *
 * @example backendOf("file:///srv/states").folder === "/srv/states"
 * @example backendOf("https://api.pulumi.example").isSelfManaged === false
 */
export function backendOf(url: string): Backend {
    const { protocol } = new URL(url);
    if (protocol === "http:" || protocol === "https:") return { isSelfManaged: false };
    if (protocol !== "file:") return { isSelfManaged: true };
    const [address = ""] = url.split("?");
    if (address.startsWith("file://~")) return { isSelfManaged: true, folder: path.join(homedir(), address.slice(8)) };
    return { isSelfManaged: true, ...(address.startsWith("file:///") && { folder: fileURLToPath(address) }) };
}

/** Asks the engine for the backend that it uses in a folder. */
export async function readBackend({ cwd }: StackChoice = {}): Promise<Backend> {
    const answer = await runEngine(["whoami", "--json"], { cwd });
    if (answer.code !== 0) throw engineRefusal("the backend of the stack cannot be found out", answer);
    return backendOf((JSON.parse(answer.stdout) as { url: string }).url);
}
