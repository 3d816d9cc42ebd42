import { createHash } from "node:crypto";
import { Problem } from "section-model";

const objectTypes = ["blob", "tree", "commit", "tag"] as const;

export type ObjectType = (typeof objectTypes)[number];

export function isObjectType(word: string): word is ObjectType {
    return (objectTypes as readonly string[]).includes(word);
}

export interface GitObject {
    type: ObjectType;
    data: Buffer;
}

/** The facts of an object that are known before it is read. */
export interface ObjectFacts {
    type: ObjectType;
    size: number;
}

/** An object, or of a large one only its facts. */
export type Glance = GitObject | ObjectFacts;

export const factsOf = (glance: Glance): ObjectFacts =>
    "data" in glance ? { type: glance.type, size: glance.data.length } : glance;

/** True for an object that is read at the first glance, and kept by its reader. */
export const isSmall = (size: number) => size <= 64 * 1024;

/** A larger object is git's to stream; nothing that is looked at here comes near. */
export const largestObject = 64 * 1024 * 1024;

export function refuseLarge(size: number): void {
    if (size > largestObject)
        throw new Problem("body-too-large", `an object has ${size} bytes, more than ${largestObject}`);
}

export interface TreeEntry {
    mode: string;
    name: string;
    oid: string;
}

export interface Signature {
    name: string;
    email: string;
}

/** A commit at the tip of a branch. */
export interface Head {
    commit: string;
    tree: string;
    message: string;
    author: Signature;
    committedAt: Date;
}

export const folderMode = "40000";
export const fileMode = "100644";

/** The id git gives an object. */
export function hashObject(type: ObjectType, data: Buffer): string {
    return createHash("sha1").update(`${type} ${data.length}\0`).update(data).digest("hex");
}

export function parseTree(data: Buffer): TreeEntry[] {
    const entries: TreeEntry[] = [];
    for (let at = 0; at < data.length; ) {
        const blank = data.indexOf(0x20, at);
        const nul = data.indexOf(0, blank);
        entries.push({
            mode: data.toString("latin1", at, blank),
            name: data.toString("utf8", blank + 1, nul),
            oid: data.toString("hex", nul + 1, nul + 21),
        });
        at = nul + 21;
    }
    return entries;
}

/** Writes a tree in git's order, where a folder sorts as if its name ended in a slash. */
export function formatTree(entries: readonly TreeEntry[]): Buffer {
    const key = (entry: TreeEntry) => Buffer.from(entry.mode === folderMode ? `${entry.name}/` : entry.name, "utf8");
    const sorted = [...entries].sort((one, two) => Buffer.compare(key(one), key(two)));
    return Buffer.concat(
        sorted.flatMap(({ mode, name, oid }) => [Buffer.from(`${mode} ${name}\0`, "utf8"), Buffer.from(oid, "hex")]),
    );
}

export interface CommitContent {
    tree: string;
    parents: readonly string[];
    author: Signature;
    committer: Signature;
    message: string;
    date: Date;
}

function formatPerson({ name, email }: Signature, date: Date): string {
    const clean = (text: string) => text.replace(/[<>\0-\x1f]/g, "").trim();
    return `${clean(name) || clean(email)} <${clean(email)}> ${Math.floor(date.getTime() / 1000)} +0000`;
}

export function formatCommit(commit: CommitContent): Buffer {
    const lines = [
        `tree ${commit.tree}`,
        ...commit.parents.map((parent) => `parent ${parent}`),
        `author ${formatPerson(commit.author, commit.date)}`,
        `committer ${formatPerson(commit.committer, commit.date)}`,
    ];
    return Buffer.from(`${lines.join("\n")}\n\n${commit.message.replaceAll("\0", "")}\n`, "utf8");
}

/** Of the year 9999: git takes a later one, which neither dates nor their readers know. */
const lastSecond = 253_402_300_799;

/** Reads the parts of a head: tree, message, author and the committer's time. */
export function parseCommit(oid: string, data: Buffer): Head & { parents: string[] } {
    const text = data.toString("utf8");
    const split = text.indexOf("\n\n");
    const header = split === -1 ? text : text.slice(0, split);
    const field = (name: string) => header.match(new RegExp(`^${name} (.*)$`, "m"))?.[1] ?? "";
    const author = field("author").match(/^(.*) <(.*)> /);
    const seconds = field("committer").match(/> (\d+) /)?.[1] ?? "0";
    return {
        commit: oid,
        tree: field("tree"),
        parents: [...header.matchAll(/^parent (.*)$/gm)].map((match) => match[1] ?? ""),
        message: split === -1 ? "" : text.slice(split + 2).replace(/\n$/, ""),
        author: { name: author?.[1] ?? "", email: author?.[2] ?? "" },
        committedAt: new Date(Math.min(Number(seconds), lastSecond) * 1000),
    };
}
