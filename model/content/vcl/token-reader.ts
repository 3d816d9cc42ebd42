import { placeAt, type TextPlace } from "../text-place";
import { readTokens, type Token } from "./tokens";

/** Something in a file that a compiler would refuse. */
export interface VclProblem extends TextPlace {
    reason: string;
    /** False where a version of Varnish that is not known here might take it. */
    isSure: boolean;
}

/** Ends the reading of a file: what follows cannot be understood. The problem is noted. */
export class Unreadable extends Error {}

const deepest = 200;
/** More are not read by a person, and each is looked up in the text. */
const mostProblems = 50;

/** Goes through the pieces of a file, and keeps what is wrong. */
export class TokenReader {
    readonly problems: VclProblem[] = [];
    readonly #tokens: Token[];
    #index = 0;
    #depth = 0;

    constructor(private readonly text: string) {
        this.#tokens = [...readTokens(text)];
        this.#tokens.push({ kind: "end", text: "the end of the file", at: text.trimEnd().length });
    }

    /** The piece that comes next. */
    get token(): Token {
        return this.#tokens[this.#index] as Token;
    }

    /** The piece after that. */
    get following(): Token | undefined {
        return this.#tokens[this.#index + 1];
    }

    /** True when the piece that comes next is this word or sign. */
    is(...texts: readonly string[]): boolean {
        const { kind, text } = this.token;
        return (kind === "word" || kind === "sign") && texts.includes(text);
    }

    next(): Token {
        const { token } = this;
        if (token.kind !== "end") this.#index += 1;
        return token;
    }

    /** Reads the piece if it is this word or sign. */
    take(...texts: readonly string[]): boolean {
        if (!this.is(...texts)) return false;
        this.next();
        return true;
    }

    require(sign: string, where: string): void {
        if (!this.take(sign)) this.fail(`${sign} is expected ${where}, not ${sayToken(this.token)}`);
    }

    requireKind(kind: Token["kind"], what: string, where: string): Token {
        if (this.token.kind !== kind) this.fail(`${what} is expected ${where}, not ${sayToken(this.token)}`);
        return this.next();
    }

    note(reason: string, { at }: Pick<Token, "at"> = this.token, isSure = true): void {
        this.problems.push({ ...placeAt(this.text, at), reason, isSure });
        if (this.problems.length === mostProblems) throw new Unreadable();
    }

    /** Notes something that is missing behind the piece before. */
    noteBehind(reason: string): void {
        const { at, text } = this.#tokens[this.#index - 1] ?? { at: 0, text: "" };
        this.note(reason, { at: at + text.length });
    }

    fail(reason: string, token: Pick<Token, "at"> = this.token): never {
        this.note(reason, token);
        throw new Unreadable(reason);
    }

    /** True when the piece that comes next is on a line of its own. */
    isOnNewLine(): boolean {
        const { at, text } = this.#tokens[this.#index - 1] ?? { at: 0, text: "" };
        return this.text.slice(at + text.length, this.token.at).includes("\n");
    }

    /** Does work one level deeper. Where a file nests too deep to be read, that is no fault of its. */
    within<T>(work: () => T): T {
        this.#depth += 1;
        if (this.#depth > deepest) throw new Unreadable();
        const result = work();
        this.#depth -= 1;
        return result;
    }
}

/** A piece in a sentence. The content of a text is not repeated. */
export function sayToken({ kind, text }: Token): string {
    if (kind === "text") return "a text";
    if (kind === "code") return "inline C";
    return text;
}
