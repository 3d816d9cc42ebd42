import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { isProblem, valueAt } from "section-model";
import { refusal } from "../run/refusal";
import type { ClientDeclaration } from "./client-declaration";
import { type ClientFile, decodeClientText, readClientBytes, requireClients } from "./client-file";
import { parseClientsCsv } from "./clients-from-csv";
import { parseClientsYaml } from "./clients-from-yaml";
import { changeCsv } from "./csv-change";
import { innermostChanges, isTree, type ListChange } from "./list-change";
import { findListed, findListedProperty, type ListedResource } from "./listed-resource";
import { changeYaml } from "./yaml-change";

const byteOrderMark = "\uFEFF";

interface Format {
    parse(file: string, text: string): ClientFile;
    /** The changes that its places can hold one by one. */
    split(change: ListChange, before: unknown): ListChange[];
    change(file: string, text: string, change: ListChange): string;
}

/** A person is one value: an item of a cell, a role in YAML. */
const isOfPerson = ({ path: at }: ListChange) => at[2] === "people";

const csv: Format = {
    parse: parseClientsCsv,
    split: (change, before) => {
        const { path: at, value } = change;
        if (isOfPerson(change) || !(isTree(before) || isTree(value))) return [change];
        return innermostChanges(at, before ?? {}, value ?? {}, false);
    },
    change: (file, text, change) => changeCsv(text, parseClientsCsv(file, text), change),
};
const yaml: Format = {
    parse: parseClientsYaml,
    split: (change, before) =>
        isOfPerson(change) ? [change] : innermostChanges(change.path, before, change.value, true),
    change: (_, text, change) => changeYaml(text, change),
};
/** By the end of a file's name. */
const formats: Readonly<Record<string, Format>> = { ".csv": csv, ".yaml": yaml, ".yml": yaml };

/** A copy of a tree with another value at a path. */
function withValue(tree: unknown, [key, ...rest]: readonly PropertyKey[], value: unknown): unknown {
    if (key === undefined) return value;
    const copy = (Array.isArray(tree) ? [...tree] : { ...(tree as object) }) as Record<PropertyKey, unknown>;
    copy[key] = withValue(copy[key], rest, value);
    return copy;
}

const isEmpty = (item: unknown) => typeof item === "object" && item !== null && Object.values(item).length === 0;

/** A tree as text, to compare: without what is undefined or empty, its keys sorted. */
function sayTree(tree: unknown): string {
    return JSON.stringify(tree, (_, value) => {
        if (!isTree(value)) return value;
        const kept = Object.entries(value).filter(([, item]) => item !== undefined && !isEmpty(item));
        return Object.fromEntries(kept.sort(([one], [other]) => (one < other ? -1 : 1)));
    });
}

/** A list of clients in a file: its clients, where they stand, and how to change them. */
export class ClientListFile {
    readonly clients: readonly ClientDeclaration[];
    readonly #parsed: ClientFile;

    private constructor(
        /** Its path. */
        readonly file: string,
        /** Everything that is in it. */
        readonly content: string,
        private readonly format: Format,
    ) {
        this.#parsed = format.parse(file, this.#text);
        this.clients = requireClients(file, this.#parsed);
    }

    /** @throws Problem `invalid-input` where the file is no valid list */
    static read(file: string): ClientListFile {
        const format = formats[path.extname(file).toLowerCase()];
        if (format === undefined) throw refusal(`${file} is no list`, "Name a .csv, .yaml or .yml file");
        const data = readClientBytes(file);
        const mark = data.subarray(0, 3).toString("hex") === "efbbbf" ? byteOrderMark : "";
        return new ClientListFile(file, mark + decodeClientText(file, data), format);
    }

    /** The content without a byte order mark. */
    get #text(): string {
        return this.content.startsWith(byteOrderMark) ? this.content.slice(1) : this.content;
    }

    /** True when the file has another content now. */
    isStale(): boolean {
        return !existsSync(this.file) || readFileSync(this.file, "utf8") !== this.content;
    }

    /** The place in the list of a resource that an `Agency` declares for it. */
    find(resource: ListedResource): PropertyKey[] | undefined {
        return findListed(this.clients, resource);
    }

    /** The place of the value that a resource's property has from the list. `at` is the place of the resource. */
    findProperty(
        resource: ListedResource,
        at: readonly PropertyKey[],
        property: readonly string[],
    ): PropertyKey[] | undefined {
        return findListedProperty(this.clients, resource, at, property);
    }

    /** What the list says at a place. */
    valueAt(at: readonly PropertyKey[]): unknown {
        return valueAt({ clients: this.clients }, at);
    }

    /** Where a property stands: `clients.csv:6, column people`, or file, line and column of a YAML list. */
    sayPlace(at: readonly PropertyKey[]): string {
        const { line, column, header } = this.#parsed.placeOf({ path: [...at] });
        if (this.format === yaml) return `${this.file}:${line}:${column}`;
        if (header !== undefined) return `${this.file}:${line}, column ${header}`;
        // a property that takes several columns
        const value = typeof at.at(-1) === "string" ? this.valueAt(at) : undefined;
        const [first] = isTree(value) ? Object.keys(value) : [];
        return first === undefined ? `${this.file}:${line}` : this.sayPlace([...at, first]);
    }

    /**
     * The same list with another value. Formatting, quotes, comments, ends of lines and the byte order mark stay.
     *
     * @throws Problem `invalid-input` where the file cannot hold the value, or would change in another place, too
     */
    change({ path: at, value }: ListChange): ClientListFile {
        const mark = this.content.slice(0, this.content.length - this.#text.length);
        const changes = this.format.split({ path: at, value }, this.valueAt(at));
        const text = changes.reduce((now, change) => this.format.change(this.file, now, change), this.#text);
        const changed = this.#reopen(mark + text);
        const wanted = withValue({ clients: this.clients }, at, value);
        if (sayTree({ clients: changed.clients }) === sayTree(wanted)) return changed;
        throw refusal("the file would say something else in another place, too", "Change this place by hand");
    }

    #reopen(content: string): ClientListFile {
        try {
            return new ClientListFile(this.file, content, this.format);
        } catch (error) {
            if (!isProblem(error)) throw error;
            throw refusal(`the list would not be valid: ${error.detail}`, "Change this place by hand");
        }
    }
}
