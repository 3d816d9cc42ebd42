import { findSourceMap } from "node:module";
import path from "node:path";
import { duringPrograms } from "./during-programs";

type Frame = NodeJS.CallSite;
type Formatter = NonNullable<typeof Error.prepareStackTrace>;

/** The function of the SDK that takes the trace of a declaration. */
const taker = "callsites";
/** The number of frames that the SDK cuts off from the top of a declaration's trace. */
const cutOff = 5;
const ours = path.dirname(__dirname) + path.sep;

const fileOf = (frame: Frame | undefined) => frame?.getFileName() ?? "node:";
const isOurs = (frame: Frame) => fileOf(frame).startsWith(ours);

/** Without the frames of this package, of the SDK and of Node. */
function framesOfProgram(frames: Frame[]): Frame[] {
    const sdk = path.dirname(fileOf(frames[0])) + path.sep;
    const isOfProgram = (frame: Frame) => ![ours, sdk, "node:"].some((place) => fileOf(frame).startsWith(place));
    return frames.slice(cutOff).filter(isOfProgram);
}

/** A trace with empty lines in place of the frames that the SDK cuts off, as a formatter takes long for each. */
function withCutOff(trace: unknown): unknown {
    if (typeof trace !== "string") return trace;
    const [title, ...lines] = trace.split("\n");
    return [title, ...Array(cutOff).fill(""), ...lines].join("\n");
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

/**
 * A trace with the real places of the SDK's files. Its maps leave its own folder out, and Node 20 never ends to colour
 * a line such as `node_modules/@pulumi/resource.ts`: a program that throws while it declares would end after minutes.
 */
export function withPackageOfSdk(trace: string): string {
    return trace.replaceAll(/([/\\]node_modules[/\\]@pulumi)([/\\])(?=[\w-]+\.ts:\d)/g, "$1$2pulumi$2");
}

function shorterThan(format: Formatter): Formatter {
    return (error, frames) => {
        const isOfDeclaration =
            frames[0]?.getFunctionName() === taker && frames.slice(cutOff - 1, cutOff + 1).some(isOurs);
        const trace: unknown = isOfDeclaration
            ? withCutOff(format(error, framesOfProgram(frames)))
            : format(error, frames);
        return typeof trace === "string" ? withPackageOfSdk(trace) : trace;
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
 * From the first declaration of a program to its end, the trace of a declaration has only frames of the program.
 *
 * The SDK takes the whole trace of each, which the engine keeps in the state: a third of a small resource there. Every
 * error keeps its trace, also those that the SDK makes.
 */
export function shortenTraces(): void {
    duringPrograms(begin);
}
