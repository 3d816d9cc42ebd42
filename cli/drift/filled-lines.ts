import { diffArrays } from "diff";
import { nameIn, placeholder } from "pulumi-section/internal";

/** A variable of a file that has another value now. */
export interface FilledValue {
    name: string;
    from: string;
    to: string;
    /** The line of the file that shows it. */
    line: number;
}

/** A line of a file that has to be edited by hand. */
export interface StuckLine {
    line: number;
    why: string;
}

const everyPlaceholder = new RegExp(placeholder, "g");

/** Lines with their ends. */
const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const literally = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** The values that make a line of a file the given text, or undefined. `any` stands for a value. */
function matchLine(template: string, line: string, any: ".*" | ".*?"): [name: string, value: string][] | undefined {
    const names: string[] = [];
    let [pattern, end] = ["", 0];
    for (const { 0: found, index } of template.matchAll(everyPlaceholder)) {
        const name = nameIn(found);
        pattern += literally(template.slice(end, index)) + (name === undefined ? literally("{{") : `(${any})`);
        if (name !== undefined) names.push(name);
        end = index + found.length;
    }
    const match = new RegExp(`^${pattern}${literally(template.slice(end))}$`, "s").exec(line);
    return match === null ? undefined : names.map((name, index) => [name, match[index + 1] as string]);
}

/** The values of a line's variables. Undefined where no values fit, or where others would fit as well. */
function readValues(template: string, line: string): Map<string, string> | undefined {
    const longest = matchLine(template, line, ".*");
    const values = new Map(longest);
    const isCertain =
        longest?.every(([name, value]) => values.get(name) === value) &&
        JSON.stringify(longest) === JSON.stringify(matchLine(template, line, ".*?"));
    return isCertain ? values : undefined;
}

/** True when a text can come of a file: a variable in the file may stand for any text within its line. */
export function comesFrom(file: string, text: string): boolean {
    const [templates, lines] = [linesOf(file), linesOf(text)];
    return (
        templates.length === lines.length &&
        templates.every((template, index) => {
            const line = lines[index] as string;
            return template === line || matchLine(template, line, ".*") !== undefined;
        })
    );
}

/** True when a file has a variable. */
export function usesVariable(file: string, name: string): boolean {
    return [...file.matchAll(everyPlaceholder)].some(([found]) => nameIn(found) === name);
}

/** Lines of a text that were replaced by others. */
interface Replacement {
    /** Lines before it that stay. */
    kept: number;
    removed: string[];
    added: string[];
}

function findReplacements(before: string, after: string): Replacement[] {
    const found: Replacement[] = [];
    let open: Replacement = { kept: 0, removed: [], added: [] };
    for (const { added, removed, value } of diffArrays(linesOf(before), linesOf(after))) {
        if (added) open.added.push(...value);
        else if (removed) open.removed.push(...value);
        else {
            found.push(open);
            open = { kept: value.length, removed: [], added: [] };
        }
    }
    return [...found, open];
}

/** A file that is rewritten line by line, so that another text comes of it. */
class Rewriting {
    readonly lines: string[] = [];
    readonly values = new Map<string, FilledValue>();
    stuck: StuckLine | undefined;

    stop(line: number, why: string): void {
        this.stuck ??= { line, why };
    }

    /** Takes a new line over; its place in the file is only for people. */
    add(text: string, line: number): void {
        if (placeholder.test(text)) this.stop(line, "would get {{ }}, which a program fills in");
        this.lines.push(text);
    }

    /** Takes a line over that has variables: it stays, and they have other values. */
    fill(template: string, declared: string | undefined, found: string, line: number): void {
        this.lines.push(template);
        const [before, after] = [readValues(template, declared ?? ""), readValues(template, found)];
        if (before === undefined || after === undefined) {
            this.stop(line, `has ${nameVariables(template)}, and no other value of it gives the new line`);
            return;
        }
        for (const [name, to] of after) {
            const from = before.get(name) as string;
            if (from !== to) this.values.set(name, this.values.get(name) ?? { name, from, to, line });
        }
    }

    /** A variable has one value in the whole file. */
    check(found: readonly string[]): void {
        for (const [index, template] of this.lines.entries())
            for (const { name, to } of this.values.values())
                if (usesVariable(template, name) && readValues(template, found[index] as string)?.get(name) !== to)
                    this.stop(index + 1, `has {{${name}}}, too, and has another value there`);
    }
}

const nameVariables = (template: string) =>
    [...new Set(template.match(everyPlaceholder))].filter((each) => nameIn(each) !== undefined).join(" and ") ||
    "{{ }}";

/**
 * Rewrites a file from which `declared` comes, so that `found` comes of it: its text, and its variables that need other
 * values. Or the first line that a person has to edit.
 */
export function rewriteFile(
    file: string,
    declared: string,
    found: string,
): { text: string; values: FilledValue[] } | StuckLine {
    const templates = linesOf(file);
    const rewriting = new Rewriting();
    let next = 0;
    for (const { kept, removed, added } of findReplacements(declared, found)) {
        rewriting.lines.push(...templates.slice(next, next + kept));
        next += kept;
        const own = templates.slice(next, next + removed.length);
        const variable = own.findIndex((line) => placeholder.test(line));
        if (variable !== -1 && own.length !== added.length)
            rewriting.stop(
                next + variable + 1,
                `has ${nameVariables(own[variable] as string)}, and the lines around it changed`,
            );
        for (const [index, line] of added.entries()) {
            const template = own[index];
            if (template !== undefined && placeholder.test(template))
                rewriting.fill(template, removed[index], line, next + index + 1);
            else rewriting.add(line, next + Math.min(index, own.length) + 1);
        }
        next += own.length;
    }
    rewriting.check(linesOf(found));
    return rewriting.stuck ?? { text: rewriting.lines.join(""), values: [...rewriting.values.values()] };
}
