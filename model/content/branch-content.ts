import type { Proxy } from "../proxy-chain";
import type { TextPlace } from "./text-place";

/** The content to check, wherever it comes from: a push in quarantine, or files that somebody asks about. */
export interface BranchFiles {
    files: readonly { path: string; mode: string }[];
    read(path: string): Promise<Buffer>;
    /** Bytes of a file. Without it every file is taken to be small. */
    size?(path: string): Promise<number>;
    /** Bytes that arrived: no file that came with them is larger than their unpacked size. */
    received?: number;
    /** True for a part of a branch: what is missing may be in the rest of it. */
    isPart?: boolean;
}

export interface BranchRules {
    branch: string;
    /** True for a branch that is deployed; others may lack a section.config.json. */
    isEnvironment: boolean;
    imageExists(image: string): boolean;
    /** True for an upload that a `.section-external-source.json` may name. Without it all are taken to exist. */
    payloadExists?(payload: string): Promise<boolean>;
    /** Compiles a program of VCL 4 that the other rules take. Without it none is compiled. */
    compileVcl?(program: VclProgram): Promise<Findings>;
}

/** The text files of a proxy that speaks VCL. */
export interface VclProgram {
    image: string;
    /** The proxy's folder, such as `varnish/`. */
    folder: string;
    /** Path in the folder -> text. */
    texts: ReadonlyMap<string, string>;
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

export interface BranchVerdict {
    /** The lines that a person at a terminal sees, in order. */
    lines: string[];
    problems: ContentProblem[];
    /** The proxies that section.config.json names. */
    proxychain: Proxy[];
}

/** A problem at a place in a file, in the form that editors open: `path:line:column: reason`. */
export function problemAt(path: string, { line, column, reason }: TextPlace & { reason: string }): ContentProblem {
    return { path, line, column, message: `${path}:${line}:${column}: ${reason}` };
}

export const nothing: Findings = { warnings: [], problems: [] };

export function warn(...texts: readonly string[]): Findings {
    return { warnings: texts.map((text) => `warning: ${text}`), problems: [] };
}

export function mergeFindings(parts: readonly Findings[]): Findings {
    return { warnings: parts.flatMap(({ warnings }) => warnings), problems: parts.flatMap(({ problems }) => problems) };
}

/** More are not read by a person; a file can have one for every few bytes. */
const shown = { findings: 100, characters: 2_000 };

const cut = (text: string) => (text.length > shown.characters ? `${text.slice(0, shown.characters)}…` : text);

/** The first findings of a part; the others are counted. */
export function shorten({ warnings, problems }: Findings): Findings {
    const [first, last] = [problems.slice(0, shown.findings), problems.at(-1)];
    const [more, worse] = [warnings.length - shown.findings, problems.length - first.length];
    const texts = warnings.slice(0, shown.findings).map(cut);
    return {
        warnings: more > 0 ? [...texts, `warning: and ${more} more of this kind`] : texts,
        problems: [
            ...first.map((problem) => ({ ...problem, message: cut(problem.message) })),
            ...(worse > 0 && last !== undefined ? [{ path: last.path, message: `and ${worse} more problems` }] : []),
        ],
    };
}
