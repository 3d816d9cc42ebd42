import { isIP } from "node:net";
import { readTokens } from "section-model/content";

const nobody = '"127.0.0.1"';

/** The name of a file of a program in one folder: varnishd includes no file of another folder. */
export const flatName = (name: string) => name.replaceAll("/", "~");

/**
 * The same file of a program without names that a compiler would ask the network for, in backends and access lists, and
 * with included files of the program by their flat names. Lines stay where they are, and columns where they can.
 *
 * @param has true for a file of the program
 */
export function confineVcl(text: string, has: (name: string) => boolean): string {
    let result = "";
    let end = 0;
    let before = "";
    let isAcl = false;
    for (const { kind, text: piece, at } of readTokens(text)) {
        if (piece === "acl") isAcl = true;
        if (piece === "}") isAcl = false;
        const content = piece.slice(1, -1);
        const included = content.replace(/^\.\//, "");
        const isPlain = kind === "text" && piece.startsWith('"');
        const isAsked = before.endsWith(" . host =") || (isAcl && isIP(content) === 0);
        const isIncluded = before.endsWith(" include") && has(included);
        const shown = isIncluded ? `"${flatName(included)}"` : nobody;
        result += text.slice(end, at) + (isPlain && (isAsked || isIncluded) ? shown.padEnd(piece.length) : piece);
        end = at + piece.length;
        before = `${before.slice(-20)} ${piece}`;
    }
    return result + text.slice(end);
}
