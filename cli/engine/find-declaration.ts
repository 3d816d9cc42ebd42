import { readFile } from "node:fs/promises";
import path from "node:path";
import type { StateResource } from "./state";

/** Lines of programs that were read, by their path. */
export type ReadPrograms = Map<string, Promise<string[]>>;

/**
 * File and line where a resource is declared. The file is what the engine noted; its line numbers are those of compiled
 * code where the program is TypeScript, so the line is the one that names the resource, if there is just one.
 */
export async function findDeclaration(
    { name, noted }: Pick<StateResource, "name" | "noted">,
    folder: string,
    read: ReadPrograms,
): Promise<string | undefined> {
    if (noted === undefined) return undefined;
    const known =
        read.get(noted) ??
        readFile(path.join(folder, noted), "utf8").then(
            (text) => text.split("\n"),
            () => [],
        );
    read.set(noted, known);
    const numbers = (await known).flatMap((line, index) =>
        [`"${name}"`, `'${name}'`, `\`${name}\``].some((text) => line.includes(text)) ? [index + 1] : [],
    );
    return numbers.length === 1 ? `${noted}:${numbers[0]}` : noted;
}
