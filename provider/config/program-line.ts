import path from "node:path";

const ours = path.dirname(__dirname) + path.sep;
const libraries = `${path.sep}node_modules${path.sep}`;
const frame = /(?:\(|at )(?:file:\/\/)?([^()]+):(\d+):\d+\)?$/;

/**
 * The line of the program that called this package, such as `index.ts:12`, relative to the working directory. Undefined
 * where no frame of a trace is the program's.
 */
export function findProgramLine(trace = new Error().stack ?? ""): string | undefined {
    for (const line of trace.split("\n")) {
        const [, file, number] = frame.exec(line) ?? [];
        if (file === undefined || !path.isAbsolute(file)) continue;
        if (!file.startsWith(ours) && !file.includes(libraries))
            return `${path.relative(process.cwd(), file)}:${number}`;
    }
    return undefined;
}
