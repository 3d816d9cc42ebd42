import type { ContentProblem } from "section-model/content";
import { findSecrets } from "../../run/secret-text";

/** The longest part of a line to show. */
const longest = 120;

/** The line with a mark below the place. Undefined where the line must not be seen, or is not known. */
function showLine(text: string | undefined, { line, column = 1 }: ContentProblem): string | undefined {
    const content = line === undefined ? undefined : text?.split("\n")[line - 1]?.replace(/\r$/, "");
    if (content === undefined || findSecrets(content).length > 0) return undefined;
    const start = column > longest ? column - Math.floor(longest / 2) : 0;
    const shown = content.slice(start, start + longest).replaceAll("\t", " ");
    return `    ${line} | ${shown}\n    ${" ".repeat(String(line).length)} | ${" ".repeat(column - 1 - start)}^`;
}

/**
 * A problem of a declared file for a person: place and reason, and the line itself.
 *
 * @param text of the file. Undefined: it is not known here
 */
export function sayContentProblem(problem: ContentProblem, text: string | undefined, isSecret: boolean): string {
    const { path, line, message } = problem;
    if (isSecret) {
        const place = line === undefined ? path : `${path}:${line}`;
        return `${place}: the platform would refuse it; its content is a secret, so the reason is not shown`;
    }
    const shown = showLine(text, problem);
    return shown === undefined ? message : `${message}\n${shown}`;
}
