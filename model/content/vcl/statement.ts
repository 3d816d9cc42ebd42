import { nearestName } from "../../nearest-name";
import { checkFunction, readArguments, readExpression, readName } from "./expression";
import { sayToken, type TokenReader } from "./token-reader";
import { callStatements, elseWords, formedStatements, formerWords, returnActions } from "./words";

const assignments = ["=", "+=", "-=", "*=", "/="];
const statementWords = [...formedStatements, ...callStatements];

/** Reads the end of a statement. Where it is missing, reading goes on with what follows. */
export function readEnd(reader: TokenReader, what: string): void {
    if (reader.take(";")) return;
    const isEnd = reader.is("}") || reader.token.kind === "end";
    if (isEnd || reader.isOnNewLine() || reader.is(...statementWords)) reader.noteBehind(`; is missing after ${what}`);
    else reader.fail(`; is expected after ${what}, not ${sayToken(reader.token)}`);
}

export function readInclude(reader: TokenReader): void {
    reader.next();
    if (reader.take("+")) reader.requireKind("word", "glob", "after include +");
    reader.requireKind("text", "the name of a file", "after include");
    readEnd(reader, "include");
}

function readCondition(reader: TokenReader): void {
    reader.require("(", "after if");
    readExpression(reader);
    reader.require(")", "after the condition");
    readBlock(reader, "after the condition");
}

function readIf(reader: TokenReader): void {
    reader.next();
    readCondition(reader);
    while (reader.is(...elseWords)) {
        const isElse = reader.next().text === "else";
        if (isElse && !reader.take("if")) {
            readBlock(reader, "after else");
            return;
        }
        readCondition(reader);
    }
}

function readReturn(reader: TokenReader): void {
    reader.next();
    if (!reader.is(";")) {
        reader.require("(", "after return");
        const action = reader.requireKind("word", "an action such as pass", "in return (…)");
        const known = nearestName(action.text, returnActions);
        if (known !== undefined) reader.note(`${action.text} is no action; did you mean ${known}?`, action);
        if (reader.is("(")) readArguments(reader);
        reader.require(")", "after the action");
    }
    readEnd(reader, "return");
}

function readVariable(reader: TokenReader, where: string): void {
    const { text } = reader.requireKind("word", "the name of a variable", where);
    // a header's name in quotes, such as req.http."x y"
    if (text.endsWith(".")) reader.requireKind("text", "a name", `after ${text}`);
}

/** The statements with a form of their own, but `include`. */
const forms: Readonly<Record<string, (reader: TokenReader) => void>> = {
    include: readInclude,
    if: readIf,
    return: readReturn,
    set: (reader) => {
        reader.next();
        readVariable(reader, "after set");
        if (!reader.take(...assignments))
            reader.fail(`= is expected after the name of the variable, not ${sayToken(reader.token)}`);
        readExpression(reader);
        readEnd(reader, "set");
    },
    unset: (reader) => {
        reader.next();
        readVariable(reader, "after unset");
        readEnd(reader, "unset");
    },
    call: (reader) => {
        reader.next();
        if (reader.token.kind !== "word") reader.fail(`the name of a subroutine is expected after call`);
        readName(reader);
        readEnd(reader, "call");
    },
    new: (reader) => {
        reader.next();
        reader.requireKind("word", "a name", "after new");
        reader.require("=", "after the name");
        readExpression(reader);
        readEnd(reader, "new");
    },
};

function readCall(reader: TokenReader): void {
    const name = reader.next();
    checkFunction(reader, name);
    readArguments(reader);
    readEnd(reader, name.text);
    if (name.text.includes(".") || callStatements.includes(name.text)) return;
    const known = nearestName(name.text, callStatements);
    if (known !== undefined) reader.note(`${name.text} does not exist; did you mean ${known}?`, name);
    else reader.note(`${name.text} is no function in the versions that are known here`, name, false);
}

/** Refuses a word that begins no statement. */
function refuseWord(reader: TokenReader): never {
    const { text } = reader.token;
    if (reader.following?.text === "=") reader.fail(`set is missing before ${text}`);
    const former = Object.hasOwn(formerWords, text) ? formerWords[text] : undefined;
    if (former !== undefined) reader.fail(`${text} is a word of VCL 3; VCL 4 has ${former}`);
    const known = nearestName(text, [...statementWords, ...elseWords]);
    reader.fail(
        known === undefined ? `${text} begins no statement` : `${text} is no statement; did you mean ${known}?`,
    );
}

/** Reads a statement that is one word and perhaps a value, such as `rollback;`. */
function readWord(reader: TokenReader): void {
    if (!reader.is(...callStatements)) refuseWord(reader);
    const { text } = reader.next();
    if (!reader.is(";")) readExpression(reader);
    readEnd(reader, text);
}

function readStatement(reader: TokenReader): void {
    const { kind, text } = reader.token;
    if (kind === "code" || reader.is(";")) reader.next();
    else if (reader.is("{")) readBlock(reader, "here");
    else if (kind !== "word") reader.fail(`a statement is expected, not ${sayToken(reader.token)}`);
    else if (Object.hasOwn(forms, text)) forms[text]?.(reader);
    else if (reader.following?.text === "(") readCall(reader);
    else readWord(reader);
}

/** Reads statements between braces. */
export function readBlock(reader: TokenReader, where: string): void {
    reader.require("{", where);
    reader.within(() => {
        while (!reader.is("}") && reader.token.kind !== "end") readStatement(reader);
    });
    reader.require("}", "after the last statement");
}
