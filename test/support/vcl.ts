import fc from "fast-check";

/** A piece of a program; `isNeeded`: without it no version of Varnish takes the program. */
export interface Piece {
    text: string;
    isNeeded: boolean;
}

const needed = (...texts: string[]): Piece[] => texts.map((text) => ({ text, isNeeded: true }));
const free = (...texts: string[]): Piece[] => texts.map((text) => ({ text, isNeeded: false }));
const oneOf = (...texts: string[]) => fc.constantFrom(...texts);
const joined = (...parts: fc.Arbitrary<Piece[]>[]) => fc.tuple(...parts).map((each) => each.flat());
const always = (pieces: Piece[]) => fc.constant(pieces);

const text = oneOf('"a"', '"^/(a|b){2}$"', '"it\'s # no // comment /* { ( ;"', '{"<p class="x">} ; { "}', '"\\"');
const variable = oneOf("req.http.X-Forwarded-For", "req.url", "beresp.http.a.b", "obj.hits", "client.ip", "now");
const number = oneOf("1", "0.5", "10s", "1.5 h", "2MB", "404", "-1");
const operator = oneOf("==", "!=", "~", "!~", "&&", "||", "<", ">=", "+", "-");

const { value } = fc.letrec<{ value: Piece[] }>((tie) => ({
    value: fc.oneof(
        { maxDepth: 2 },
        fc.oneof(text, variable, number).map((each) => free(each)),
        joined(
            always(needed("(")),
            tie("value"),
            operator.map((each) => free(each)),
            tie("value"),
            always(needed(")")),
        ),
        joined(
            oneOf("regsuball", "std.tolower", "std.integer", "foo.bar").map((each) => free(each)),
            always(needed("(")),
            tie("value"),
            always(free(",")),
            tie("value"),
            always(needed(")")),
        ),
        joined(
            text.map((each) => free(each)),
            tie("value"),
        ), // texts side by side are one
    ),
}));

const set = joined(
    always(needed("set")),
    variable.map((each) => free(each)),
    oneOf("=", "+=").map((each) => needed(each)),
    value,
    always(needed(";")),
);
const action = fc
    .oneof(
        oneOf("pass", "lookup", "deliver", "fetch", "hash", "retry", "restart").map((each) => free(each)),
        joined(always([...free("synth"), ...needed("(")]), value, always(needed(")"))),
    )
    .map((each) => [...needed("return", "("), ...each, ...needed(")", ";")]);
const plain = oneOf("std.log", "hash_data", "ban", "synthetic").chain((name) =>
    joined(always([...free(name), ...needed("(")]), value, always(needed(")", ";"))),
);

const { block } = fc.letrec<{ block: Piece[]; statement: Piece[] }>((tie) => ({
    block: fc
        .array(tie("statement"), { maxLength: 4 })
        .map((statements) => [...needed("{"), ...statements.flat(), ...needed("}")]),
    statement: fc.oneof(
        { maxDepth: 3 },
        set,
        action,
        plain,
        always([...needed("unset"), ...free("req.http.Cookie"), ...needed(";")]),
        always([...needed("call"), ...free("helper"), ...needed(";")]),
        always([...needed("new", "d", "="), ...free("directors.round_robin"), ...needed("(", ")", ";")]),
        always(free("C{ int i = '{'; }C")),
        always(free("# set }\n", "/* { */", "// (\n")),
        always([...needed("include"), ...free('"part.vcl"'), ...needed(";")]),
        tie("block"),
        joined(always(needed("if", "(")), value, always(needed(")")), tie("block")),
        joined(
            always(needed("if", "(")),
            value,
            always(needed(")")),
            tie("block"),
            oneOf("elseif", "elsif", "elif", "else if").map((each) => free(...each.split(" "))),
            always(needed("(")),
            value,
            always(needed(")")),
            tie("block"),
            always(free("else")),
            tie("block"),
        ),
    ),
}));

const property = joined(
    oneOf("host", "port", "first_byte_timeout", "url", "request").map((name) => [...needed(".", name, "=")]),
    fc.oneof(text, number).map((each) => free(each)),
    always(needed(";")),
);
const properties = fc.array(property, { maxLength: 3 }).map((each) => each.flat());
const declaration = fc.oneof(
    joined(
        oneOf("vcl_recv", "vcl_deliver", "helper").map((name) => needed("sub", name)),
        block,
    ),
    joined(always(needed("backend", "b", "{")), properties, always(needed("}"))),
    joined(always([...needed("backend", "b", "{", ".", "probe", "=", "{")]), properties, always(needed("}", "}"))),
    joined(always(needed("probe", "p", "{")), properties, always(needed("}"))),
    always([...needed("backend", "b"), ...free("none"), ...needed(";")]),
    always([...needed("acl", "local", "{"), ...free('"10.0.0.0"', "/", "8"), ...needed(";", "}")]),
    always([...needed("acl", "local", "{"), ...free("!", '"10.0.0.0"'), ...needed(";", "}")]),
    always([...needed("import", "std", ";")]),
    always([...needed("import", "std"), ...free("from", '"/usr/lib/std.so"'), ...needed(";")]),
    always([...needed("include"), ...free('"part.vcl"'), ...needed(";")]),
);

/** Programs of VCL that a compiler can read, as pieces that stand on lines of their own. */
export const randomVcl: fc.Arbitrary<Piece[]> = fc
    .array(declaration, { minLength: 1, maxLength: 5 })
    .map((declarations) => [...needed("vcl"), ...free("4.0"), ...needed(";"), ...declarations.flat()]);

export const writePieces = (pieces: readonly Piece[]) => pieces.map(({ text: each }) => each).join("\n");
