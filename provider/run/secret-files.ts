import type { Claimant } from "./claimant";
import { type Memory, Slot } from "./memory";
import type { Properties } from "./properties";

/** The id of an application, which may be unknown -> paths of files whose content the program marks as a secret. */
const known = new Slot(() => new Map<string, Set<string>>());

/** Remembers the secret files of a declared environment: they are plain text in its branch, and in no preview. */
export function noteSecretFiles(
    memory: Memory,
    { application, config }: Properties,
    files: Claimant["secretFiles"] = [],
): void {
    if (typeof application !== "string") return;
    const all = memory.of(known).get(application) ?? new Set();
    memory.of(known).set(application, all);
    for (const file of files === true ? Object.keys(config ?? {}) : files) all.add(file);
}

/** True for a file that an environment of the application declares as a secret, as far as the program had come. */
export function isSecretFile(memory: Memory, application: string, path: string): boolean {
    return memory.of(known).get(application)?.has(path) === true;
}

/** The paths of all files that are a secret anywhere, as far as the program had come. */
export function listSecretFiles(memory: Memory): string[] {
    return [...memory.of(known).values()].flatMap((paths) => [...paths]);
}
