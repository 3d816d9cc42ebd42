import { type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";
import { measureJson } from "../json-measure";
import { placeAt, type TextPlace } from "./text-place";

export interface JsonFindings {
    /** The place where the text stops being JSON, and the reason. */
    error: (TextPlace & { reason: string }) | undefined;
    /** Keys that stand twice in one object; the last one counts. */
    duplicates: (TextPlace & { key: string })[];
}

const reasons: Partial<Record<string, string>> = {
    InvalidSymbol: "a word that is not true, false, null, a number or in quotes",
    InvalidNumberFormat: "a number that is none in JSON",
    PropertyNameExpected: 'a property name in "double quotes" is expected',
    ValueExpected: "a value is expected",
    ColonExpected: "a colon is expected",
    CommaExpected: "a comma is expected",
    CloseBraceExpected: "a } is missing",
    CloseBracketExpected: "a ] is missing",
    EndOfFileExpected: "something follows the end of the document",
    InvalidCommentToken: "a comment, which JSON does not have",
    UnexpectedEndOfComment: "a comment, which JSON does not have",
    UnexpectedEndOfString: "a text without its closing quote",
    UnexpectedEndOfNumber: "a number that is cut off",
    InvalidUnicode: "an escape that is none in JSON",
    InvalidEscapeCharacter: "an escape that is none in JSON",
    InvalidCharacter: "a control character inside a text",
};

/** More are not read by a person. */
const mostDuplicates = 100;

/** Deeper documents are not walked through: the walk is recursive. Nor are those of more values. */
const deepest = 500;
const mostValues = 30_000;

function reasonOf(code: ParseErrorCode): string {
    const name = printParseErrorCode(code);
    return reasons[name] ?? name;
}

function judge(text: string): string | undefined {
    try {
        JSON.parse(text);
        return undefined;
    } catch (error) {
        return (error as Error).message;
    }
}

/** Walks through a document as far as it is one. */
function walk(text: string): JsonFindings {
    const findings: JsonFindings = { error: undefined, duplicates: [] };
    const seen: Set<string>[] = [];
    visit(
        text,
        {
            onObjectBegin: () => void seen.push(new Set()),
            onObjectEnd: () => void seen.pop(),
            onObjectProperty: (key, _offset, _length, line, column) => {
                const keys = seen.at(-1);
                if (keys?.has(key) && findings.duplicates.length < mostDuplicates)
                    findings.duplicates.push({ line: line + 1, column: column + 1, key });
                keys?.add(key);
            },
            onError: (code, _offset, _length, line, column) => {
                findings.error ??= { line: line + 1, column: column + 1, reason: reasonOf(code) };
            },
        },
        { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false },
    );
    return findings;
}

/**
 * Looks through a JSON document. JSON.parse decides whether it is one. This also finds the place of an error, and keys
 * that are there twice.
 */
export function inspectJson(text: string): JsonFindings {
    const refusal = judge(text);
    if (refusal !== undefined && text.startsWith("\uFEFF"))
        return {
            error: { line: 1, column: 1, reason: "it begins with a byte order mark; save it as UTF-8 without one" },
            duplicates: [],
        };
    const { depth, values } = measureJson(text);
    const { error, duplicates } =
        depth > deepest || values > mostValues ? { error: undefined, duplicates: [] } : walk(text);
    if (refusal === undefined) return { error: undefined, duplicates };
    return { error: error ?? { ...placeAt(text, text.length), reason: refusal }, duplicates: [] };
}
