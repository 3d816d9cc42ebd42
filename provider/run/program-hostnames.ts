import { readFileSync } from "node:fs";
import { type Memory, Slot } from "./memory";

const files = new Slot(() => new Set<string>());

/** Remembers the file in which the running program lists its hostnames. */
export function noteHostnameFile(memory: Memory, file: string | undefined): void {
    if (file !== undefined) memory.of(files).add(file);
}

function read(file: string): string[] {
    try {
        return JSON.parse(readFileSync(file, "utf8"));
    } catch {
        return []; // the program has not come that far, or it has ended: then nothing is known to be declared
    }
}

/** True when the running program declares a hostname, as far as it has come. */
export function isHostnameDeclared(memory: Memory, hostname: string): boolean {
    return [...memory.of(files)].some((file) => read(file).includes(hostname));
}
