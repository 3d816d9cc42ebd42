import type { PastCommit } from "section-client";
import type { Claimant } from "../../run/claimant";
import { printableLine } from "../../run/printable-text";

/** The declaration that a commit is made for. */
export type Maker = Pick<Claimant, "project" | "stack" | "resource">;

/** Trailers of a commit's message that say for which declaration it was made. */
const stackLine = "Pulumi-Stack";
const resourceLine = "Pulumi-Resource";
/** Trailers of a promotion: the promoted commit, and the one to restore when nothing is promoted any more. */
export const promotedLine = "Promoted-Commit";
export const overLine = "Promoted-Over";
/** The trailer with the commit that the program's folder was at. */
const programLine = "Program-Commit";

/** The most files to name in a subject, and their longest text. */
const namedFiles = 3;
const longestNames = 60;
/** The most files to name below it. */
const listedFiles = 30;

/** `Promote 1a2b3c4d5e to Production (agency/prod)`, or a way back, with the files that it changes, and trailers. */
export function makePromotionMessage(
    branch: string,
    { target, over, files }: { target: string; over: string | undefined; files: readonly string[] },
    parts: MessageParts,
): string {
    const short = target.slice(0, 10);
    const subject = over === undefined ? `Roll back ${branch} to ${short}` : `Promote ${short} to ${branch}`;
    const restored = over === undefined ? [] : [[overLine, over] as const];
    return makeMessage({ subject, listed: files }, parts, [[promotedLine, target], ...restored]);
}

/** The files of a short list, for a subject. Undefined for a longer one. */
function nameInSubject(files: readonly string[]): string | undefined {
    const names = printableLine(files.join(", "));
    return files.length <= namedFiles && names.length <= longestNames ? names : undefined;
}

/** A line for each file, and how many are left out. */
function listFiles(files: readonly string[]): string[] {
    const lines = files.slice(0, listedFiles).map((file) => `- ${printableLine(file)}`);
    return files.length > listedFiles ? [...lines, `- and ${files.length - listedFiles} more`] : lines;
}

const stackOf = ({ project, stack }: Maker) => printableLine(`${project}/${stack}`);

function trailersOf(maker: Maker | undefined): [string, string][] {
    if (maker === undefined) return [];
    return [
        [stackLine, stackOf(maker)],
        [resourceLine, printableLine(maker.resource)],
    ];
}

/** What a commit is about, beside its subject. */
export interface MessageParts {
    maker: Maker | undefined;
    /** The commit that the program's folder is at. */
    program: string | undefined;
}

/** A message whose last paragraph is git's trailers, for programs. */
function makeMessage(
    { subject, listed }: { subject: string; listed: readonly string[] },
    { maker, program }: MessageParts,
    trailers: readonly (readonly [string, string])[] = [],
): string {
    const all = [...trailers, ...trailersOf(maker), ...(program === undefined ? [] : [[programLine, program]])];
    const title = maker === undefined ? subject : `${subject} (${stackOf(maker)})`;
    const paragraphs = [[title], listFiles(listed), all.map(([key, value]) => `${key}: ${value}`)];
    return paragraphs
        .filter((lines) => lines.length > 0)
        .map((lines) => lines.join("\n"))
        .join("\n\n");
}

/** `Configure Staging: varnish/default.vcl (agency/prod)`, with trailers. */
export function makeConfigureMessage(branch: string, files: readonly string[], parts: MessageParts): string {
    const named = nameInSubject(files);
    const count = `${files.length} ${files.length === 1 ? "file" : "files"}`;
    return makeMessage(
        { subject: `Configure ${branch}: ${named ?? count}`, listed: named === undefined ? files : [] },
        parts,
    );
}

/** The lines of a message's last paragraph. */
const lastLines = (message: string) => message.slice(message.lastIndexOf("\n\n") + 1).split("\n");

/** The value of a trailer. Undefined when the message has none. */
export function trailerOf(message: string, key: string): string | undefined {
    return lastLines(message)
        .find((line) => line.startsWith(`${key}: `))
        ?.slice(key.length + 2);
}

/** True for a commit that this user made for a declaration of the stack, which is written as `agency/prod`. */
export function isMadeByStack(stack: string, email: string, commit: PastCommit): boolean {
    return commit.email === email && trailerOf(commit.message, stackLine) === stack;
}

/** True for a commit that this user made for this declaration. */
export function isMadeFor(maker: Maker, email: string, commit: PastCommit): boolean {
    return (
        commit.email === email && trailersOf(maker).every(([key, value]) => trailerOf(commit.message, key) === value)
    );
}
