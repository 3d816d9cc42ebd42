import { readFile } from "node:fs/promises";
import path from "node:path";
import type { StateResource } from "./state";

/** Lines of program files, by path. */
export type ReadPrograms = Map<string, Promise<string[]>>;

/**
 * File and line where a resource is declared; the file alone if none or several of its lines name the resource. The
 * engine's own line numbers are of compiled code where the program is TypeScript.
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
