import { readFileSync } from "node:fs";
import path from "node:path";
import { type Memory, Slot } from "./memory";

interface Known {
    /** As the program tells them. */
    hostnames: Set<string>;
    files: Set<string>;
    isPartly: boolean;
    /** The list and the index of each. It is made again when there are more. */
    order?: { all: readonly string[]; indexes: ReadonlyMap<string, number> };
}

const known = new Slot((): Known => ({ hostnames: new Set(), files: new Set(), isPartly: false }));

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

function knownOf(memory: Memory): Known {
    const all = memory.of(known);
    for (const file of all.files) {
        for (const each of read(file)) all.hostnames.add(each);
        all.files.delete(file);
    }
    return all;
}

/** True when the running program declares a hostname, as far as it had come. */
export function isHostnameDeclared(memory: Memory, hostname: string): boolean {
    return knownOf(memory).hostnames.has(hostname);
}

/** The hostnames that the running program declares right after one, at most `count`. None if only a part is known. */
export function hostnamesAfter(memory: Memory, hostname: string, count: number): readonly string[] {
    const seen = memory.of(known);
    if (seen.isPartly) return [];
    const all = seen.hostnames.has(hostname) ? seen : knownOf(memory); // to read the file takes a millisecond
    if (all.order?.all.length !== all.hostnames.size) {
        const list = [...all.hostnames];
        all.order = { all: list, indexes: new Map(list.map((each, index) => [each, index])) };
    }
    const index = all.order.indexes.get(hostname);
    return index === undefined ? [] : all.order.all.slice(index + 1, index + 1 + count);
}
