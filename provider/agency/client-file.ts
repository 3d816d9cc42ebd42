import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { listRefusal, refusal } from "../run/refusal";
import type { ClientDeclaration } from "./client-declaration";
import { type ClientListIssue, checkClientList } from "./client-list-issue";

/** A place in a file, and the property there by the name that the file gives it. */
export interface FilePlace {
    line: number;
    column: number;
    property: string;
    /** The column of a CSV file, as its header names it. */
    header?: string;
}

export interface FileFinding extends FilePlace {
    reason: string;
}

/** A file as its parser understood it. */
export interface ClientFile {
    /** The parsed content: `{ clients: [...] }` when it is valid. */
    list: unknown;
    placeOf(issue: Pick<ClientListIssue, "path" | "isKey">): FilePlace;
    /** Mistakes that the parser found. */
    findings: FileFinding[];
}

const largestFileBytes = 5 * 1024 * 1024;

/** The text of a file without a byte order mark. */
export function readClientText(file: string): string {
    return decodeClientText(file, readClientBytes(file));
}

/** The bytes of a file, which may be no text. */
export function readClientBytes(file: string): Buffer {
    if (!statSync(file, { throwIfNoEntry: false })?.isFile())
        throw refusal(
            `${path.resolve(file)} is not a file`,
            "Name the list of clients, relative to where the program runs",
        );
    const data = readFileSync(file);
    if (data.length <= largestFileBytes) return data;
    throw refusal(`${file} has ${data.length} bytes`, `Keep a list of clients under ${largestFileBytes} bytes`);
}

/** The text of bytes, without a byte order mark. */
export function decodeClientText(file: string, data: Buffer): string {
    if ([0xfffe, 0xfeff].includes(data.length > 1 ? data.readUInt16BE(0) : 0))
        throw refusal(`${file} is UTF-16`, 'Save it as UTF-8; in Excel choose "CSV UTF-8 (Comma delimited)"');
    try {
        return new TextDecoder("utf-8", { fatal: true }).decode(data);
    } catch {
        const readable = new TextDecoder("utf-8").decode(data);
        const line = readable.slice(0, readable.indexOf("\ufffd")).split(/\r\n?|\n/).length;
        throw refusal(
            `${file}:${line}: is not UTF-8`,
            'Save it as UTF-8; in Excel choose "CSV UTF-8 (Comma delimited)"',
        );
    }
}

type Tree = Record<string, unknown>;

function listOf(value: unknown): (Tree | undefined)[] {
    return Array.isArray(value) ? value : [];
}

/** Everything in a list, valid or not, that may name a folder. */
function* holdersOf(list: unknown): Iterable<{ path: PropertyKey[]; holder: Tree | undefined }> {
    for (const [index, client] of listOf((list as Tree | undefined)?.clients).entries()) {
        yield { path: ["clients", index], holder: client };
        for (const [at, site] of listOf(client?.sites).entries()) {
            yield { path: ["clients", index, "sites", at], holder: site };
            yield { path: ["clients", index, "sites", at, "staging"], holder: site?.staging as Tree | undefined };
        }
    }
}

/** A list names folders relative to itself. This makes them valid from any working directory. */
function* foldersOf(file: string, list: unknown): Iterable<{ path: PropertyKey[]; holder: Tree; folder: string }> {
    for (const { path: at, holder } of holdersOf(list)) {
        if (typeof holder?.config !== "string" || holder.config === "") continue;
        yield { path: [...at, "config"], holder, folder: path.resolve(path.dirname(file), holder.config) };
    }
}

function missingFolders(file: string, list: unknown): ClientListIssue[] {
    return [...foldersOf(file, list)]
        .filter(({ folder }) => !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
        .map(({ path: at, folder }) => ({
            path: at,
            reason: `${folder} is not a folder; make it, or correct the path, which is relative to the list`,
        }));
}

function describe(file: string, { line, column, property, reason }: FileFinding): string {
    return `${file}:${line}:${column}: ${property === "" ? "" : `${property}: `}${reason}`;
}

const inFile = (one: FilePlace, other: FilePlace) => one.line - other.line || one.column - other.column;

/** The clients of a file. Throws one error that names all mistakes, line by line. */
export function requireClients(file: string, { list, placeOf, findings }: ClientFile): ClientDeclaration[] {
    const { clients, issues } = checkClientList(list);
    const all = [...findings];
    for (const issue of [...issues, ...missingFolders(file, list)]) {
        const [place, other] = [placeOf(issue), issue.other && placeOf({ path: issue.other })];
        if (other === undefined) {
            all.push({ ...place, reason: issue.reason });
            continue;
        }
        // rows of one client may stand apart, so that the other place is a later line
        const [first, second] = [place, other].sort(inFile) as [FilePlace, FilePlace];
        all.push({ ...second, reason: `${issue.reason} (first at ${file}:${first.line}:${first.column})` });
    }
    if (all.length > 0) refuse(file, all);
    for (const { holder, folder } of foldersOf(file, { clients })) holder.config = folder;
    return clients;
}

export function refuse(file: string, findings: readonly FileFinding[]): never {
    const sorted = [...findings].sort(inFile);
    const lines = [...new Set(sorted.map((finding) => describe(file, finding)))];
    throw listRefusal(lines, file);
}

/**
 * The end of a path, for a message that shows the place already: `clients[3].sites[0].origin.address` ->
 * `origin.address`.
 */
export function withoutPlace(at: readonly PropertyKey[]): readonly PropertyKey[] {
    const [, client, sites, site] = at;
    if (typeof client !== "number") return at;
    return sites === "sites" && typeof site === "number" ? at.slice(4) : at.slice(2);
}
