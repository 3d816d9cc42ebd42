import type { FileFinding } from "./client-file";
import type { CsvCell } from "./csv-cells";
import type { Column } from "./csv-columns";

/** A cell that is not empty, with its column. */
export interface CsvEntry {
    column: Column;
    header: string;
    cell: CsvCell;
}

type Tree = Record<string, unknown>;

interface Noted {
    cell: Omit<CsvCell, "text">;
    header?: string;
    /** The part of the cell, when it contains a list. */
    part?: PropertyKey;
}

interface Row {
    index: number;
    client: Tree & { sites: Tree[] };
    /** The line of its first row, and the key there. */
    first: { line: number; key?: string };
}

/** Separates the items of a list in one cell. Neither addresses nor names contain these characters. */
const betweenItems = /[\s,;]+/;

function pairsOf(text: string): [string, string][] {
    return text.split(betweenItems).map((item) => {
        const at = item.lastIndexOf("="); // an address may contain "=", a role or an image may not
        return at === -1 ? [item, ""] : [item.slice(0, at), item.slice(at + 1)];
    });
}

/** `readonly`, or `readonly:2026-12-31` with a last day. */
function personOf(words: string): unknown {
    const [role, ...rest] = words.split(":");
    return rest.length === 0 ? words : { role, until: rest.join(":") };
}

/** The value of a cell. A cell that does not fit its kind stays text, so that the schema reports it. */
function valueOf({ kind }: Column, text: string): unknown {
    if (kind === "number") return /^\d{1,9}$/.test(text) ? Number(text) : text;
    if (kind === "list") return text.split(betweenItems).filter((item) => item !== "");
    if (kind === "proxies") return pairsOf(text).map(([name, image]) => ({ name, image }));
    if (kind !== "flag") return text;
    if (/^(true|yes)$/i.test(text)) return true;
    return /^(false|no)$/i.test(text) ? false : text;
}

function put(tree: Tree, path: readonly string[], value: unknown): void {
    const [key, ...rest] = path as [string, ...string[]];
    if (rest.length === 0)
        Object.defineProperty(tree, key, { value, enumerable: true, configurable: true, writable: true });
    else {
        const inner = Object.hasOwn(tree, key) ? (tree[key] as Tree) : {};
        put(tree, [key], inner);
        put(inner, rest, value);
    }
}

/** Gathers rows into clients, and remembers the place of every value. */
export class CsvClients {
    readonly list: Row["client"][] = [];
    readonly findings: FileFinding[] = [];
    readonly #rows = new Map<string, Row>();
    readonly #entries = new Map<string, Noted>();
    /** The text of each value of a client, as written: other rows may repeat it, but not change it. */
    readonly #words = new Map<string, string>();

    /** @returns the places of the row's client and site in the list */
    addRow(entries: readonly CsvEntry[], start: CsvCell): { client: number; site?: number } {
        const name = entries.find(({ header }) => header.toLowerCase() === "client")?.cell.text;
        const keyEntry = entries.find(({ column: { of, path } }) => of === "client" && path[0] === "key");
        const { client, index, first } = this.#clientNamed(name, { line: start.line, key: keyEntry?.cell.text }, start);
        this.#compareKeys(first, keyEntry, start);
        for (const entry of entries) {
            if (entry.column.kind === "people") this.#addPeople(client, ["clients", index], entry);
            else if (entry.column.of === "client") this.#addToClient(client, ["clients", index], entry);
        }
        const ofSite = entries.filter(({ column }) => column.of === "site");
        if (ofSite.length === 0) return { client: index }; // a client without a site, or further people
        const site: Tree = {};
        const at: PropertyKey[] = ["clients", index, "sites", client.sites.length];
        client.sites.push(site);
        this.#note(at, { cell: start });
        for (const entry of ofSite) {
            put(site, entry.column.path, valueOf(entry.column, entry.cell.text));
            this.#note([...at, ...entry.column.path], entry);
        }
        return { client: index, site: client.sites.length - 1 };
    }

    /**
     * Finds the place of a path: its cell, or that of its nearest parent. `rest` is the part of the path inside the
     * cell.
     */
    find(path: readonly PropertyKey[]): {
        line: number;
        column: number;
        header?: string;
        rest: readonly PropertyKey[];
    } {
        for (let length = path.length; length > 0; length -= 1) {
            const found = this.#entries.get(JSON.stringify(path.slice(0, length)));
            if (found === undefined) continue;
            const { cell, header, part } = found;
            return {
                line: cell.line,
                column: cell.column,
                header,
                rest: [...(part === undefined ? [] : [part]), ...path.slice(length)],
            };
        }
        return { line: 1, column: 1, rest: [] };
    }

    #clientNamed(name: string | undefined, first: Row["first"], start: CsvCell): Row {
        const known = name === undefined ? undefined : this.#rows.get(name);
        if (known !== undefined) return known;
        const row: Row = { index: this.list.length, client: { sites: [] }, first };
        this.list.push(row.client);
        this.#note(["clients", row.index], { cell: start });
        if (name !== undefined) this.#rows.set(name, row);
        return row;
    }

    /** One row's key must not rename what the other rows of a client declare: they may mean another client. */
    #compareKeys(first: Row["first"], entry: CsvEntry | undefined, start: CsvCell): void {
        if ((first.key === undefined) === (entry === undefined)) return;
        const { line, column } = entry?.cell ?? start;
        const say = (key: string | undefined) => (key === undefined ? "has no key" : `has the key ${key}`);
        const reason = `${say(entry?.cell.text)}, and line ${first.line} of this client ${say(first.key)}; write the key in each row of the client`;
        this.findings.push({ line, column, property: entry?.header ?? "key", reason });
    }

    #addToClient(client: Tree, at: PropertyKey[], entry: CsvEntry): void {
        const { column, cell, header } = entry;
        const place = [...at, ...column.path];
        const key = JSON.stringify(place);
        const before = this.#words.get(key);
        if (before === undefined) {
            this.#words.set(key, cell.text);
            put(client, column.path, cell.text);
            this.#note(place, entry);
        } else if (before !== cell.text) {
            this.#contradict(entry, header, place, `says ${cell.text}, and another row of this client ${before}`);
        }
    }

    #addPeople(client: Tree, at: PropertyKey[], entry: CsvEntry): void {
        const people = (client.people ?? {}) as Record<string, unknown>;
        client.people = people;
        for (const [email, words] of pairsOf(entry.cell.text)) {
            const key = JSON.stringify([at, email]);
            const before = this.#words.get(key);
            if (before !== undefined && before !== words)
                this.#contradict(
                    entry,
                    entry.header,
                    [...at, "people", email],
                    `${email} is ${words} here and ${before} elsewhere`,
                );
            if (before !== undefined) continue;
            this.#words.set(key, words);
            put(people, [email], personOf(words));
            this.#note([...at, "people", email], { ...entry, part: email });
        }
    }

    #contradict({ cell }: CsvEntry, property: string, other: PropertyKey[], what: string): void {
        const { line, column } = this.find(other);
        this.findings.push({
            line: cell.line,
            column: cell.column,
            property,
            reason: `${what} (line ${line}, column ${column}); make them the same`,
        });
    }

    #note(path: readonly PropertyKey[], { cell, header, part }: Noted): void {
        this.#entries.set(JSON.stringify(path), { cell, header, part });
    }
}
