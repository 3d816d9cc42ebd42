import { findSourceMap } from "node:module";
import path from "node:path";
import { duringPrograms } from "./during-programs";

type Frame = NodeJS.CallSite;
type Formatter = NonNullable<typeof Error.prepareStackTrace>;

/** The function of the SDK that takes a trace of each promise, and the one that takes the trace of a declaration. */
const takers = { promise: "debuggablePromise", declaration: "callsites" };
/** The number of frames that the SDK cuts off from the top of a declaration's trace. */
const cutOff = 5;
const ours = path.dirname(__dirname) + path.sep;

const fileOf = (frame: Frame | undefined) => frame?.getFileName() ?? "node:";
const isOurs = (frame: Frame) => fileOf(frame).startsWith(ours);

/** The trace of a declaration of this package without the frames of this package, of the SDK and of Node. */
function framesOfProgram(frames: Frame[]): Frame[] {
    if (!frames.slice(cutOff - 1, cutOff + 1).some(isOurs)) return frames;
    const sdk = path.dirname(fileOf(frames[0])) + path.sep;
    const isOfProgram = (frame: Frame) => ![ours, sdk, "node:"].some((place) => fileOf(frame).startsWith(place));
    return [...frames.slice(0, cutOff), ...frames.slice(cutOff).filter(isOfProgram)];
}

function formatFrame(frame: Frame): string {
    const [file, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
    if (!process.sourceMapsEnabled || file === null || line === null || column === null) return String(frame);
    const origin = findSourceMap(file)?.findOrigin(line, column);
    if (origin === undefined || !("fileName" in origin)) return String(frame);
    const { fileName, lineNumber, columnNumber } = origin;
    return `${frame.getFunctionName() ?? "<anonymous>"} (${fileName}:${lineNumber}:${columnNumber})`;
}

/** The way of Node itself, for a host without another. */
const formatAsNode: Formatter = (error, frames) => [String(error), ...frames.map(formatFrame)].join("\n    at ");

function shorterThan(format: Formatter): Formatter {
    return (error, frames) => {
        const taker = frames[0]?.getFunctionName();
        if (taker === takers.promise) return "";
        return format(error, taker === takers.declaration ? framesOfProgram(frames) : frames);
    };
}

function begin(): () => void {
    const before = Error.prepareStackTrace;
    const shorten = shorterThan(before ?? formatAsNode);
    Error.prepareStackTrace = shorten;
    return () => {
        if (Error.prepareStackTrace === shorten) Error.prepareStackTrace = before;
    };
}

/**
 * From the first declaration of a program to its end, promises of the SDK have no stack traces, and the trace of a
 * declaration has only frames of the program.
 *
 * The SDK takes a trace of every promise of a registration, about sixty for each resource, and makes text of it at
 * once: a third of a large program's time and memory. It shows the text only to who looks for promises that never end;
 * then it stays. Of each declaration it takes the whole trace, which the engine keeps in the state: a third of a small
 * resource there. Every error keeps its trace, also those that the SDK makes.
 */
export function shortenTraces(): void {
    if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) duringPrograms(begin);
}
