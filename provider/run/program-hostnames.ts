import { readFileSync } from "node:fs";
import path from "node:path";
import { type Memory, Slot } from "./memory";

const known = new Slot(() => ({ hostnames: new Set<string>(), files: new Set<string>(), isWhole: false }));

/** Remembers all hostnames of the running program: a list of them, or the file that has it. */
export function noteHostnames(memory: Memory, hostnames: string | undefined): void {
    const all = memory.of(known);
    if (hostnames === undefined) return;
    all.isWhole = true;
    if (path.isAbsolute(hostnames)) all.files.add(hostnames);
    else for (const hostname of hostnames.split(" ")) all.hostnames.add(hostname);
}

/** Remembers the hostname of a declaration, if it has one, where nobody tells those of the whole program. */
export function noteDeclaredHostname(memory: Memory, hostname: unknown): void {
    if (typeof hostname === "string") memory.of(known).hostnames.add(hostname);
}

/** False for a program of which only those hostnames are known that it has declared so far. */
export function isProgramTold(memory: Memory): boolean {
    return memory.of(known).isWhole;
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
