import { readFileSync } from "node:fs";
import { type Memory, Slot } from "./memory";

const known = new Slot(() => ({ hostnames: new Set<string>(), files: new Set<string>() }));

/** Remembers hostnames of the running program: a list of them, or the file that has it. */
export function noteHostnames(memory: Memory, hostnames: readonly string[] | string | undefined): void {
    const all = memory.of(known);
    if (typeof hostnames === "string") all.files.add(hostnames);
    else for (const hostname of hostnames ?? []) all.hostnames.add(hostname);
}

function read(file: string): string[] {
    try {
        return JSON.parse(readFileSync(file, "utf8"));
    } catch {
        return []; // the program has ended: then nothing is known to be declared
    }
}

/** True when the running program declares a hostname, as far as it had come. */
export function isHostnameDeclared(memory: Memory, hostname: string): boolean {
    const { hostnames, files } = memory.of(known);
    for (const file of files) {
        for (const each of read(file)) hostnames.add(each);
        files.delete(file);
    }
    return hostnames.has(hostname);
}
