import { deepestJson, formatPropertyPath, isDeeperThan } from "section-model";
import { type Document, isAlias, LineCounter, parseDocument, visit } from "yaml";
import { refusal } from "../run/refusal";
import type { ClientDeclaration } from "./client-declaration";
import { type ClientFile, type FileFinding, readClientText, refuse, requireClients, withoutPlace } from "./client-file";
import { yamlOffset } from "./yaml-place";
import { keepVariableTexts } from "./yaml-variables";

/**
 * The largest number of uses of anchors, nested uses included: enough for every site of a large agency, too little for
 * a YAML bomb.
 */
const mostAliases = 20_000;
const mostValues = 1_000_000;

/** Mistakes of which the library does not say how to correct them. */
const remedies: Readonly<Record<string, string>> = {
    DUPLICATE_KEY: "this key stands here twice; remove one of them",
    MULTIPLE_DOCS: "a second document begins here; put all clients into the first one and remove this line",
};

/** A document without the `x-` keys, which only hold anchors. */
function withoutExtensions(value: unknown): unknown {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith("x-")));
}

/** Counts the values with every alias written out. Stops at the limit. */
function countValues(value: unknown, limit: number): number {
    if (typeof value !== "object" || value === null) return 1;
    let count = 1;
    for (const item of Object.values(value)) {
        if (count > limit) break;
        count += countValues(item, limit - count);
    }
    return count;
}

function readValue(file: string, document: Document): unknown {
    const tooMuch = (cause: string) =>
        refusal(
            `${file} is too large when its anchors are written out (${cause})`,
            "Use fewer aliases, or split the list",
        );
    let value: unknown;
    try {
        value = document.toJS({ maxAliasCount: mostAliases });
    } catch (error) {
        throw tooMuch((error as Error).message);
    }
    if (isDeeperThan(value))
        throw refusal(`${file} is nested deeper than ${deepestJson} levels`, "Write a list of clients");
    if (countValues(value, mostValues) > mostValues) throw tooMuch(`more than ${mostValues} values`);
    return value;
}

/** @param text without a byte order mark */
export function parseClientsYaml(file: string, text: string): ClientFile {
    const lines = new LineCounter();
    const document = parseDocument(text, {
        lineCounter: lines,
        prettyErrors: false,
        merge: true,
        logLevel: "error",
    });
    const at = (offset: number, property: string, reason: string): FileFinding => {
        const { line, col } = lines.linePos(offset);
        return { line: Math.max(line, 1), column: Math.max(col, 1), property, reason };
    };
    const findings = [...document.errors, ...document.warnings].map(({ pos, message, code }) =>
        at(pos[0], "", remedies[code] ?? message),
    );
    const anchors = new Set<string>();
    visit(document, {
        Node: (_, node) => {
            if (isAlias(node) && !anchors.has(node.source))
                findings.push(
                    at(node.range?.[0] ?? 0, "", `*${node.source} has no anchor; write &${node.source} before it`),
                );
            if (!isAlias(node) && node.anchor !== undefined) anchors.add(node.anchor);
        },
    });
    // after any mistake but a duplicate key, the rest of the document cannot be trusted
    if (findings.length > document.errors.filter(({ code }) => code === "DUPLICATE_KEY").length) refuse(file, findings);
    keepVariableTexts(document);
    return {
        list: withoutExtensions(readValue(file, document)),
        findings,
        placeOf: ({ path, isKey }) => at(yamlOffset(document, path, isKey), formatPropertyPath(withoutPlace(path)), ""),
    };
}

/** `clientsFromYaml` itself, which client-lists.ts documents. */
export function readClientsYaml(file: string): ClientDeclaration[] {
    return requireClients(file, parseClientsYaml(file, readClientText(file)));
}
