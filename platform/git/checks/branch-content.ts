import type { TextPlace } from "./json-text";

/** The content to check, wherever it comes from: a push in quarantine, or files that somebody asks about. */
export interface BranchContent {
    files: readonly { path: string; mode: string }[];
    read(path: string): Promise<Buffer>;
    /** Bytes of a file. Without it every file is taken to be small. */
    size?(path: string): Promise<number>;
    /** Bytes that arrived: no file that came with them is larger than their unpacked size. */
    received?: number;
}

export interface BranchRules {
    branch: string;
    /** True for a branch that is deployed; others may lack a section.config.json. */
    isEnvironment: boolean;
    imageExists(image: string): boolean;
    /** True for an upload that a `.section-external-source.json` may name. Without it all are taken to exist. */
    payloadExists?(payload: string): Promise<boolean>;
}

export interface ContentProblem extends Partial<TextPlace> {
    path: string;
    message: string;
}

/** The findings in a part: words for a person, and problems that refuse the content. */
export interface Findings {
    warnings: string[];
    problems: ContentProblem[];
}

export interface Verdict {
    /** The lines that a person at a terminal sees, in order. */
    lines: string[];
    problems: ContentProblem[];
}

/** A problem at a place in a file, in the form that editors open: `path:line:column: reason`. */
export function problemAt(path: string, { line, column, reason }: TextPlace & { reason: string }): ContentProblem {
    return { path, line, column, message: `${path}:${line}:${column}: ${reason}` };
}

export function mergeFindings(parts: readonly Findings[]): Findings {
    return { warnings: parts.flatMap(({ warnings }) => warnings), problems: parts.flatMap(({ problems }) => problems) };
}
