import { nearestName } from "../../nearest-name";
import { readExpression } from "./expression";
import { readBlock, readEnd, readInclude } from "./statement";
import { sayToken, type TokenReader } from "./token-reader";
import { calledSubroutines, declarationWords, formedStatements, formerWords } from "./words";

/** Reads `.name = value;` lines between braces, of a backend or probe. */
function readProperties(reader: TokenReader, what: string): void {
    reader.require("{", `after the name of the ${what}`);
    while (!reader.is("}") && reader.token.kind !== "end") {
        reader.require(".", `before each property of a ${what}`);
        const { text } = reader.requireKind("word", "a name", "after the dot");
        reader.require("=", `after .${text}`);
        if (reader.is("{")) {
            readProperties(reader, "probe");
            reader.take(";");
        } else {
            readExpression(reader);
            readEnd(reader, `.${text}`);
        }
    }
    reader.require("}", `after the last property of the ${what}`);
}

/** Reads `"10.0.0.0"/8;` lines between braces. */
function readAcl(reader: TokenReader): void {
    reader.next();
    reader.requireKind("word", "a name", "after acl");
    while (reader.take("+", "-")) reader.requireKind("word", "a flag", "after the sign");
    reader.require("{", "after the name of the acl");
    while (!reader.is("}") && reader.token.kind !== "end") {
        while (reader.take("!", "("));
        reader.requireKind("text", "an address in quotes", "in an acl");
        if (reader.take("/")) reader.requireKind("number", "a number of bits", "after /");
        reader.take(")");
        if (reader.take("/")) reader.requireKind("number", "a number of bits", "after /");
        reader.take(")");
        readEnd(reader, "the address");
    }
    reader.require("}", "after the last address");
}

function readSubroutine(reader: TokenReader): void {
    reader.next();
    const name = reader.requireKind("word", "a name", "after sub");
    if (name.text.startsWith("vcl_") && !calledSubroutines.includes(name.text)) {
        const former = formerWords[name.text];
        const known = former ?? nearestName(name.text, calledSubroutines);
        const words = former === undefined ? "is called by nobody" : "is a subroutine of VCL 3";
        reader.note(`${name.text} ${words}${known === undefined ? "" : `; did you mean ${known}?`}`, name);
    }
    readBlock(reader, `after ${name.text}`);
}

function readImport(reader: TokenReader): void {
    reader.next();
    reader.requireKind("word", "the name of a module", "after import");
    for (;;) {
        if (reader.take("as")) reader.requireKind("word", "a name", "after as");
        else if (reader.take("from")) reader.requireKind("text", "the name of a file", "after from");
        else break;
    }
    readEnd(reader, "import");
}

const forms: Readonly<Record<(typeof declarationWords)[number], (reader: TokenReader) => void>> = {
    vcl: (reader) => {
        reader.next();
        reader.requireKind("number", "a version such as 4.0", "after vcl");
        readEnd(reader, "the version");
    },
    import: readImport,
    include: readInclude,
    sub: readSubroutine,
    acl: readAcl,
    backend: (reader) => {
        reader.next();
        reader.requireKind("word", "a name", "after backend");
        if (reader.take("none")) readEnd(reader, "none");
        else readProperties(reader, "backend");
    },
    const: (reader) => {
        reader.next();
        reader.requireKind("word", "a type", "after const");
        reader.requireKind("word", "a name", "after the type");
        reader.require("=", "after the name");
        readExpression(reader);
        readEnd(reader, "the constant");
    },
    probe: (reader) => {
        reader.next();
        reader.requireKind("word", "a name", "after probe");
        readProperties(reader, "probe");
    },
};

/** Refuses what begins no declaration. */
function refuseToken(reader: TokenReader): never {
    const { kind, text } = reader.token;
    if (kind === "odd") reader.fail(`${text} has no meaning in VCL`);
    if (kind !== "word") reader.fail(`a declaration such as sub is expected, not ${sayToken(reader.token)}`);
    if (formedStatements.includes(text)) reader.fail(`${text} is a statement, which belongs in a subroutine`);
    const former = Object.hasOwn(formerWords, text) ? formerWords[text] : undefined;
    if (former !== undefined) reader.fail(`${text} is a word of VCL 3; VCL 4 has ${former}`);
    const known = nearestName(text, declarationWords);
    reader.fail(
        known === undefined ? `${text} begins no declaration` : `${text} is no declaration; did you mean ${known}?`,
    );
}

/** Reads a file of VCL 4.0 or 4.1 from its first declaration to its last. */
export function readDeclarations(reader: TokenReader): void {
    while (reader.token.kind !== "end") {
        const { kind, text } = reader.token;
        const form = kind === "word" && Object.hasOwn(forms, text) ? forms[text as keyof typeof forms] : undefined;
        if (form !== undefined) form(reader);
        else if (kind === "code" || reader.is(";")) reader.next();
        else refuseToken(reader);
    }
}
