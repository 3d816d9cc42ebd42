import { findSourceMap } from "node:module";
import path from "node:path";

const ours = path.dirname(__dirname) + path.sep;
const libraries = `${path.sep}node_modules${path.sep}`;

/** The frames of the calling code as Node has them, without the maps that a host of programs applies to traces. */
function takeFrames(): NodeJS.CallSite[] {
    const before = Error.prepareStackTrace;
    const holder: { stack?: unknown } = {};
    Error.prepareStackTrace = (_, frames) => frames;
    Error.captureStackTrace(holder, takeFrames);
    const frames = holder.stack as NodeJS.CallSite[];
    Error.prepareStackTrace = before;
    return frames;
}

const withoutScheme = (file: string) => file.replace(/^file:\/\//, "");

/** The line of the source where a compiled line has a map that Node knows, else where the host's trace has the file. */
function lineOfSource(frame: NodeJS.CallSite, file: string, trace: string): number | undefined {
    const [line, column] = [frame.getLineNumber() ?? 0, frame.getColumnNumber() ?? 0];
    const origin = findSourceMap(frame.getFileName() ?? "")?.findOrigin(line, column);
    if (origin !== undefined && "lineNumber" in origin) return origin.lineNumber;
    const from = trace.indexOf(`${file}:`);
    return from === -1 ? line : Number.parseInt(trace.slice(from + file.length + 1), 10);
}

/**
 * The line of the program that called this package, such as `index.ts:12`, relative to the working directory. Undefined
 * where no caller is the program's.
 */
export function findProgramLine(): string | undefined {
    const frame = takeFrames().find((each) => {
        const file = withoutScheme(each.getFileName() ?? "");
        return path.isAbsolute(file) && !file.startsWith(ours) && !file.includes(libraries);
    });
    if (frame === undefined) return undefined;
    const file = withoutScheme(frame.getFileName() ?? "");
    return `${path.relative(process.cwd(), file)}:${lineOfSource(frame, file, new Error().stack ?? "")}`;
}
