import { readFile } from "node:fs/promises";

export interface Step {
    command: string;
    expected: string;
}

/** The sessions that a page shows: each command with the answer below it. */
export async function readSessions(page: string): Promise<Step[]> {
    const text = await readFile(page, "utf8");
    return [...text.matchAll(/^```console\n(.*?)^```$/gms)].flatMap(([, block = ""]) =>
        block
            .split(/^\$ /m)
            .slice(1)
            .map((step) => ({
                command: step.split("\n")[0] as string,
                expected: step.split("\n").slice(1).join("\n"),
            })),
    );
}

/** Replaces text that differs between two runs. */
export function steady(output: string): string {
    return output
        .replaceAll(/^[\w][^\n]*: (?:\d+ of \d+, )?\d+ s\n/gm, "") // progress, where the machine is slow
        .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, "MOMENT")
        .replaceAll(/request \d{12}\.\d{6}/g, "REQUEST")
        .replaceAll(/commit [0-9a-f]{10}/g, "COMMIT")
        .replaceAll(/\b[0-9a-f]{40}\b/g, "COMMIT")
        .replaceAll(/http:\/\/127\.0\.0\.1:\d+|https:\/\/aperture\.section\.io/g, "ENDPOINT");
}

/** A pattern for the text of a page; a line of three dots is any number of lines. */
export function patternOf(expected: string): RegExp {
    const lines = steady(expected).split("\n").slice(0, -1);
    return new RegExp(
        `^${lines.map((line) => (line === "..." ? "(?:.*\n)*?" : `${line.replaceAll(/[\\^$*+?.()[\]{}|]/g, "\\$&")}\n`)).join("")}$`,
    );
}
