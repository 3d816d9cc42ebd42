import type { TextPlace } from "./json-text";

export interface VclFindings {
    /** A bracket or text that is open at the end, or is closed without being open. */
    error: (TextPlace & { reason: string }) | undefined;
    /** The version after `vcl` when that is the first statement, such as `4.0`. */
    version: string | undefined;
    /** Names of files in include statements. */
    includes: string[];
}

/** Parts that are read as one piece: texts, comments and inline C hold braces that mean nothing. */
const pieces =
    /(?<skip>#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"""[\s\S]*?"""|\{"[\s\S]*?"\}|(?<!\w)C\{[\s\S]*?\}C|"[^"\n]*")|(?<loose>\/\*|"""|\{"|(?<!\w)C\{|")|(?<open>[{(])|(?<close>[})])/g;

const partner: Record<string, string> = { "}": "{", ")": "(" };

function placeOf(text: string, offset: number): TextPlace {
    const before = text.slice(0, offset).split("\n");
    return { line: before.length, column: (before.at(-1) as string).length + 1 };
}

function findImbalance(text: string): VclFindings["error"] {
    const open: { sign: string; at: number }[] = [];
    for (const match of text.matchAll(pieces)) {
        const { open: opening, close, loose } = match.groups as Record<string, string | undefined>;
        const fail = (reason: string) => ({ ...placeOf(text, match.index), reason });
        if (loose !== undefined) return fail(`${loose} is never closed`);
        if (opening !== undefined) open.push({ sign: opening, at: match.index });
        if (close === undefined) continue;
        const last = open.pop();
        if (last === undefined) return fail(`${close} closes nothing`);
        if (last.sign !== partner[close]) {
            const { line, column } = placeOf(text, last.at);
            return fail(`${close} does not close the ${last.sign} of line ${line}, column ${column}`);
        }
    }
    const last = open.at(-1);
    return last === undefined ? undefined : { ...placeOf(text, last.at), reason: `${last.sign} is never closed` };
}

/** Looks at the form of a VCL file, which is not to understand it: only a compiler can. */
export function inspectVcl(text: string): VclFindings {
    const error = findImbalance(text);
    if (error !== undefined) return { error, version: undefined, includes: [] };
    const code = text.replaceAll(pieces, (piece, ...rest) => {
        const { skip } = rest.at(-1) as { skip?: string };
        return skip === undefined || skip.startsWith('"') ? piece : " ";
    });
    return {
        error,
        version: /^\s*vcl\s+(\d+\.\d+)\s*;/.exec(code)?.[1],
        includes: [...code.matchAll(/\binclude\s*(?:\+glob\s*)?"([^"\n]*)"/g)].map(([, name]) => name ?? ""),
    };
}
