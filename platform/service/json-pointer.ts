import { PiecedList } from "./pieced-list";

/** Something that has members. */
type JsonHolder = Record<string, unknown> | PiecedList;

/** A pointer, or the value it points to, does not fit an operation. */
export class PointerFailure extends Error {}

const listIndex = /^(0|[1-9]\d*)$/;

/** The names on the way to a place, by RFC 6901. */
export function parsePointer(pointer: string): string[] {
    if (pointer === "") return [];
    if (!pointer.startsWith("/"))
        throw new PointerFailure(
            `"${pointer}" is no JSON pointer: it begins with /, or is empty for the whole document`,
        );
    if (/~(?![01])/.test(pointer))
        throw new PointerFailure(`"${pointer}" is no JSON pointer: write ~0 for ~, and ~1 for / inside a name`);
    return pointer
        .slice(1)
        .split("/")
        .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Parsed JSON to be edited: its lists are in pieces. Changes what it is given, which may not nest too deep. */
export function openJson(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return new PiecedList(value.map(openJson));
    const holder = value as Record<string, unknown>;
    for (const [name, held] of Object.entries(holder))
        if (typeof held === "object" && held !== null) holder[name] = openJson(held); // `__proto__` is an own member
    return value;
}

/** Own members only: inherited ones can neither be reached nor changed. */
function hasMember(holder: unknown, token: string): holder is JsonHolder {
    if (holder instanceof PiecedList) return listIndex.test(token) && Number(token) < holder.length;
    return typeof holder === "object" && holder !== null && Object.hasOwn(holder, token);
}

/** The value at a place; fails when there is none. */
export function resolve(document: unknown, tokens: readonly string[]): unknown {
    let value = document;
    for (const token of tokens) {
        if (!hasMember(value, token)) throw new PointerFailure(`there is nothing at /${tokens.slice(1).join("/")}`);
        value = value instanceof PiecedList ? value.at(Number(token)) : value[token];
    }
    return value;
}

/** Sets a member as JSON has it: a plain assignment to `__proto__` would change the object instead. */
function setMember(holder: JsonHolder, token: string, value: unknown): void {
    if (holder instanceof PiecedList) holder.set(Number(token), value);
    else Object.defineProperty(holder, token, { value, writable: true, enumerable: true, configurable: true });
}

/**
 * Puts a value at a place: into a list before the value there, or at its end with `-`; in an object over the value of
 * that name.
 */
export function insert(document: unknown, tokens: readonly string[], value: unknown): void {
    const holder = resolve(document, tokens.slice(0, -1));
    const token = tokens.at(-1) as string;
    if (holder instanceof PiecedList) {
        const index = token === "-" ? holder.length : listIndex.test(token) ? Number(token) : Number.POSITIVE_INFINITY;
        if (index > holder.length) throw new PointerFailure(`${token} is no place in a list of ${holder.length}`);
        holder.insert(index, value);
    } else if (typeof holder === "object" && holder !== null) setMember(holder as JsonHolder, token, value);
    else throw new PointerFailure(`what should hold ${token} is neither an object nor a list`);
}

/** Replaces the value at a place; its position among its siblings stays. */
export function replace(document: unknown, tokens: readonly string[], value: unknown): void {
    resolve(document, tokens);
    setMember(resolve(document, tokens.slice(0, -1)) as JsonHolder, tokens.at(-1) as string, value);
}

/** Takes out the value at a place, and returns it. */
export function remove(document: unknown, tokens: readonly string[]): unknown {
    const value = resolve(document, tokens);
    const holder = resolve(document, tokens.slice(0, -1)) as JsonHolder;
    const token = tokens.at(-1) as string;
    if (holder instanceof PiecedList) holder.remove(Number(token));
    else delete holder[token];
    return value;
}
