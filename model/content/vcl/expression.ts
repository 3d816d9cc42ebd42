import { nearestName } from "../../nearest-name";
import { sayToken, type TokenReader } from "./token-reader";
import type { Token } from "./tokens";
import { callStatements, elseWords, formedStatements, stdFunctions, stdStatements } from "./words";

const operators = ["&&", "||", "==", "!=", "<", ">", "<=", ">=", "~", "!~", "+", "-", "*", "/", "%"];
const unaries = ["!", "-", "+"];
/** Words that begin a statement and are no value: where one follows a value, the end of the statement is missing. */
const statementWords = new Set([
    ...formedStatements,
    ...callStatements,
    ...elseWords,
    ...stdStatements.map((name) => `std.${name}`),
]);

function beginsOperand({ kind, text }: Token): boolean {
    if (kind === "word") return !statementWords.has(text);
    return kind === "number" || kind === "text" || kind === "blob" || (kind === "sign" && text === "(");
}

/** Reads the arguments of a call, between its parentheses. */
export function readArguments(reader: TokenReader): void {
    reader.require("(", "here");
    if (reader.take(")")) return;
    do {
        const isNamed = reader.token.kind === "word" && reader.following?.text === "=";
        if (isNamed) {
            reader.next();
            reader.next();
        }
        readExpression(reader);
    } while (reader.take(","));
    reader.require(")", "after the arguments");
}

/** Looks at the name of a function that is called. */
export function checkFunction(reader: TokenReader, name: Token): void {
    if (!name.text.startsWith("std.")) return;
    const known = nearestName(name.text.slice(4), stdFunctions);
    if (known !== undefined) reader.note(`${name.text} does not exist; did you mean std.${known}?`, name);
    else if (!stdFunctions.includes(name.text.slice(4)))
        reader.note(`${name.text} is no function of std in the versions that are known here`, name, false);
}

/** Reads a name and, if it is called, the arguments. */
export function readName(reader: TokenReader): Token {
    const name = reader.next();
    // a header's name in quotes, such as req.http."x y"
    if (name.text.endsWith(".")) reader.requireKind("text", "a name", `after ${name.text}`);
    if (!reader.is("(")) return name;
    checkFunction(reader, name);
    reader.within(() => readArguments(reader));
    return name;
}

function readOperand(reader: TokenReader): void {
    while (reader.take(...unaries));
    const { kind } = reader.token;
    if (!beginsOperand(reader.token)) {
        const isOdd = kind === "odd";
        reader.fail(
            isOdd ? `${reader.token.text} has no meaning in VCL` : `a value is expected, not ${sayToken(reader.token)}`,
        );
    }
    if (reader.take("(")) {
        reader.within(() => readExpression(reader));
        reader.require(")", "after the expression");
    } else if (kind === "word") readName(reader);
    else reader.next();
}

/** Reads a value. Values that follow each other are joined, as VCL joins texts, and `10s` is a number with its unit. */
export function readExpression(reader: TokenReader): void {
    reader.within(() => {
        do {
            readOperand(reader);
            while (beginsOperand(reader.token)) readOperand(reader);
        } while (reader.take(...operators));
    });
}
