import { readFileSync } from "node:fs";
import path from "node:path";
import { type Memory, Slot } from "./memory";

const known = new Slot(() => ({ hostnames: new Set<string>(), files: new Set<string>(), isPartly: false }));

/** Remembers all hostnames of the running program: a list of them, or the file that has it. */
export function noteHostnames(memory: Memory, hostnames: string | undefined): void {
    const all = memory.of(known);
    if (hostnames === undefined) return;
    if (path.isAbsolute(hostnames)) all.files.add(hostnames);
    else for (const hostname of hostnames.split(" ")) all.hostnames.add(hostname);
}

/** Remembers the hostname of a declaration, if it has one, where nobody tells those of the whole program. */
export function noteDeclaredHostname(memory: Memory, hostname: unknown): void {
    const all = memory.of(known);
    all.isPartly = true;
    if (typeof hostname === "string") all.hostnames.add(hostname);
}

/** True for a program of which, apart from its components, only those hostnames are known that it declared so far. */
export function isPartlyKnown(memory: Memory): boolean {
    return memory.of(known).isPartly;
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
