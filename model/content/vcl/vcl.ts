import { placeAt, type TextPlace } from "../text-place";
import { readDeclarations } from "./declaration";
import { TokenReader, Unreadable, type VclProblem } from "./token-reader";
import { readTokens, type Token } from "./tokens";
import { declarationWords } from "./words";

export interface VclFindings {
    /** A bracket or text that is open at the end, or is closed without being open. */
    error: (TextPlace & { reason: string }) | undefined;
    /** The version after `vcl` when that is the first statement, such as `4.0`. */
    version: string | undefined;
    /** Files in include statements. */
    includes: VclInclude[];
}

export interface VclInclude {
    name: string;
    /** False for one inside a subroutine, whose file is no list of declarations. */
    isOutside: boolean;
}

/** Texts up to this size are read statement by statement. */
const largestRead = 256 * 1024;
const partner: Record<string, string> = { "}": "{", ")": "(" };

function findImbalance(text: string): VclFindings["error"] {
    const open: Token[] = [];
    for (const token of readTokens(text)) {
        const fail = (reason: string) => ({ ...placeAt(text, token.at), reason });
        if (token.kind === "open") return fail(`${token.text} is never closed`);
        if (token.kind !== "sign") continue;
        if (token.text === "{" || token.text === "(") open.push(token);
        const wanted = partner[token.text];
        if (wanted === undefined) continue;
        const last = open.pop();
        if (last === undefined) return fail(`${token.text} closes nothing`);
        if (last.text !== wanted) {
            const { line, column } = placeAt(text, last.at);
            return fail(`${token.text} does not close the ${last.text} of line ${line}, column ${column}`);
        }
    }
    const last = open.at(-1);
    return last === undefined ? undefined : { ...placeAt(text, last.at), reason: `${last.text} is never closed` };
}

/** The content of a text in any quotes. */
const unquote = (text: string) => text.replace(/^(?:"""|\{"|")|(?:"""|"\}|")$/g, "");

function* findIncludes(text: string): Generator<VclInclude> {
    let depth = 0;
    let isIncluding = false;
    for (const { kind, text: piece } of readTokens(text)) {
        if (kind === "sign" && piece === "{") depth += 1;
        if (kind === "sign" && piece === "}") depth -= 1;
        if (kind === "text" && isIncluding) yield { name: unquote(piece), isOutside: depth === 0 };
        // include +glob "files/*.vcl"
        const goesOn: boolean = isIncluding && (piece === "+" || piece === "glob");
        isIncluding = goesOn || (kind === "word" && piece === "include");
    }
}

function findVersion(text: string): string | undefined {
    const first: Token[] = [];
    for (const token of readTokens(text)) {
        first.push(token);
        if (first.length === 3) break;
    }
    const [word, version, end] = first;
    return word?.text === "vcl" && version?.kind === "number" && end?.text === ";" ? version.text : undefined;
}

/** Looks at the form of a VCL file of any version, which is not to understand it. */
export function inspectVcl(text: string): VclFindings {
    const error = findImbalance(text);
    return { error, version: findVersion(text), includes: error === undefined ? [...findIncludes(text)] : [] };
}

/** True for a file of declarations. Others may be parts of a subroutine, which includes them. */
export function beginsDeclaration(text: string): boolean {
    const [first] = readTokens(text);
    return first?.kind === "word" && (declarationWords as readonly string[]).includes(first.text);
}

/**
 * Reads a file of VCL 4.0 or 4.1, whose brackets and texts are closed, statement by statement: ends of statements,
 * names of subroutines and declarations, functions of std. It knows neither types nor variables, as a compiler does.
 */
export function findVclProblems(text: string): VclProblem[] {
    if (text.length > largestRead) return [];
    const reader = new TokenReader(text);
    try {
        readDeclarations(reader);
    } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
    }
    return reader.problems;
}
