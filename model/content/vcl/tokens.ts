/** A piece of VCL that has a meaning. Blanks and comments have none. */
export interface Token {
    kind: "word" | "number" | "text" | "blob" | "code" | "sign" | "odd" | "open" | "end";
    /** As it is in the file. An `open` one is the sign of what is never closed. */
    text: string;
    /** Offset in the file. */
    at: number;
}

/**
 * The shapes of pieces. Texts and inline C are read as one piece: the braces in them mean nothing. A name may have
 * dashes and dots, such as `req.http.X-Forwarded-For`.
 */
const shapes: readonly [kind: Token["kind"] | "none", shape: string][] = [
    ["none", "\\s+|#[^\\n]*|//[^\\n]*|/\\*[\\s\\S]*?\\*/"],
    ["text", '"""[\\s\\S]*?"""|\\{"[\\s\\S]*?"\\}'],
    ["code", "C\\{[\\s\\S]*?\\}C"],
    ["open", '/\\*|"""|\\{"|C\\{'],
    ["text", '"[^"\\n]*"'],
    ["open", '"'],
    ["word", "[A-Za-z][\\w.-]*"],
    ["number", "\\d+(?:\\.\\d*)?"],
    ["blob", ":[A-Za-z0-9+/=]*:"],
    ["sign", "\\+\\+|--|[+*/=!<>-]=|!~|<<|>>|&&|\\|\\||[{}()*+/%<>=;!&.|~,:-]"],
    ["odd", "[\\s\\S]"],
];
const anyShape = new RegExp(shapes.map(([, shape]) => `(${shape})`).join("|"), "yu");

/** The pieces of a file, in order. Ends after an `open` one. */
export function* readTokens(text: string): Generator<Token> {
    const next = new RegExp(anyShape);
    for (let match = next.exec(text); match !== null; match = next.exec(text)) {
        let group = 1;
        while (match[group] === undefined) group += 1;
        const [kind] = shapes[group - 1] as (typeof shapes)[number];
        if (kind === "none") continue;
        yield { kind, text: match[0], at: match.index };
        if (kind === "open") return;
    }
}
