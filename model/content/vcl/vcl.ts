import { setImmediate } from "node:timers/promises";
import { placeAt, type TextPlace } from "../text-place";
import { piecesInARow } from "../turn";
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

/** The brackets that are open at a place in a file. */
class Brackets {
    readonly #open: Token[] = [];
    #braces = 0;

    constructor(private readonly text: string) {}

    get isOutside(): boolean {
        return this.#braces === 0;
    }

    /** Goes on by one piece. Returns what is wrong with it, if anything is. */
    read(token: Token): VclFindings["error"] {
        const fail = (reason: string) => ({ ...placeAt(this.text, token.at), reason });
        if (token.kind === "open") return fail(`${token.text} is never closed`);
        if (token.kind !== "sign") return undefined;
        if (token.text === "{") this.#braces += 1;
        if (token.text === "}") this.#braces -= 1;
        if (token.text === "{" || token.text === "(") this.#open.push(token);
        const wanted = partner[token.text];
        if (wanted === undefined) return undefined;
        const last = this.#open.pop();
        if (last === undefined) return fail(`${token.text} closes nothing`);
        if (last.text === wanted) return undefined;
        const { line, column } = placeAt(this.text, last.at);
        return fail(`${token.text} does not close the ${last.text} of line ${line}, column ${column}`);
    }

    /** What is still open. */
    end(): VclFindings["error"] {
        const last = this.#open.at(-1);
        return last === undefined
            ? undefined
            : { ...placeAt(this.text, last.at), reason: `${last.text} is never closed` };
    }
}

/** The content of a text in any quotes. */
const unquote = (text: string) => text.replace(/^(?:"""|\{"|")|(?:"""|"\}|")$/g, "");

/** The version that a file begins with. */
function findVersion(text: string): string | undefined {
    const first: Token[] = [];
    for (const token of readTokens(text)) {
        first.push(token);
        if (first.length === 3) break;
    }
    const [word, version, end] = first;
    return word?.text === "vcl" && version?.kind === "number" && end?.text === ";" ? version.text : undefined;
}

/** True for a file that says that it is VCL 4. */
export function speaksVcl4(text: string): boolean {
    return findVersion(text)?.startsWith("4.") === true;
}

/** Looks at the form of a VCL file of any version, which is not to understand it. */
export async function inspectVcl(text: string): Promise<VclFindings> {
    const brackets = new Brackets(text);
    const version = findVersion(text);
    const includes: VclInclude[] = [];
    let [isIncluding, count] = [false, 0];
    for (const token of readTokens(text)) {
        count += 1;
        if (count % piecesInARow === 0) await setImmediate();
        const error = brackets.read(token);
        if (error !== undefined) return { error, version, includes: [] };
        const { kind, text: piece } = token;
        if (kind === "text" && isIncluding) includes.push({ name: unquote(piece), isOutside: brackets.isOutside });
        // include +glob "files/*.vcl"
        const goesOn: boolean = isIncluding && (piece === "+" || piece === "glob");
        isIncluding = goesOn || (kind === "word" && piece === "include");
    }
    const error = brackets.end();
    return { error, version, includes: error === undefined ? includes : [] };
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
