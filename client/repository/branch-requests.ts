import { type FileEdit, isText } from "section-model";
import { z } from "zod";
import type { Client } from "../client";
import { type EnvironmentPlace, type EnvironmentRecord, environmentPath, environmentsPath } from "../environments";
import type { FileEdits, Head, PastCommit } from "./checkout";

/** Requests of the extension `environment.commit`, and of `environment.commits` which is there with it. */

const wireCommit = z.looseObject({
    commit: z.string(),
    tree: z.string(),
    message: z.string(),
    author: z.looseObject({ name: z.string(), email: z.string() }),
    committed_at: z.string(),
});

function toPast({ commit, message, author, committed_at }: z.infer<typeof wireCommit>): PastCommit {
    const [subject = ""] = message.split("\n", 1);
    return { id: commit, name: author.name, email: author.email, date: committed_at, subject, message };
}

const contentSchema = z
    .looseObject({
        commit: wireCommit,
        files: z.array(
            z.looseObject({
                path: z.string(),
                mode: z.string(),
                blob: z.string(),
                content: z.union([z.string(), z.looseObject({ base64: z.string() })]).optional(),
            }),
        ),
    })
    .transform(
        ({ commit, files }): BranchContent => ({
            head: { commit: commit.commit, tree: commit.tree },
            newest: toPast(commit),
            files: new Map(files.map(({ path, blob }) => [path, blob])),
            modes: new Map(files.map(({ path, mode }) => [path, mode])),
            contents: new Map(
                files.flatMap(({ path, content }) => {
                    if (content === undefined) return [];
                    const data =
                        typeof content === "string"
                            ? Buffer.from(content, "utf8")
                            : Buffer.from(content.base64, "base64");
                    return [[path, data] as const];
                }),
            ),
        }),
    );

/** An answer without content says that nothing has changed. */
const movedSchema = z.union([z.literal("").transform(() => undefined), contentSchema]);
const pastSchema = z.array(wireCommit.transform(toPast));

/** A commit, and what git would show a person who pushes it. */
export interface MadeCommit {
    head: Head;
    lines: string[];
}

const madeSchema = z
    .looseObject({ commit: z.string(), tree: z.string(), lines: z.array(z.string()).default([]) })
    .transform(({ commit, tree, lines }): MadeCommit => ({ head: { commit, tree }, lines }));

/** The files of one commit. */
export interface BranchContent {
    head: Head;
    newest: PastCommit;
    /** Path -> blob id. */
    files: ReadonlyMap<string, string>;
    modes: ReadonlyMap<string, string>;
    /** Those that were asked for, as far as they fitted. */
    contents: ReadonlyMap<string, Buffer>;
}

interface ContentQuestion {
    /** Another commit than the newest. */
    commit?: string;
    /** The files to send. */
    files?: readonly string[];
}

const encode = encodeURIComponent;

function contentPath(place: EnvironmentPlace, { commit, files = [] }: ContentQuestion, known?: string): string {
    const query = [
        ...(commit === undefined ? [] : [`commit=${commit}`]),
        ...(known === undefined ? [] : [`known=${known}`]),
        ...files.map((file) => `file=${encode(file)}`),
    ];
    return `${environmentPath(place)}/content?${query.join("&")}`;
}

/** Reads a branch, or another commit of its application. */
export function readBranch(
    client: Client,
    place: EnvironmentPlace,
    question: ContentQuestion = {},
): Promise<BranchContent> {
    // every reading sees the newest commit: none is shared
    return client.write("GET", contentPath(place, question), { answer: contentSchema, forgets: [] });
}

/** Reads a branch if it is no longer at a known commit. Undefined: it is. */
export function readMovedBranch(
    client: Client,
    place: EnvironmentPlace,
    known: string,
    question: ContentQuestion = {},
): Promise<BranchContent | undefined> {
    return client.write("GET", contentPath(place, question, known), { answer: movedSchema, forgets: [] });
}

/** The number of commits in an answer; the last one has fewer. */
export const commitsPerPage = 100;

/** A page of the commits of an environment along first parents, newest first: those before a commit, or the newest. */
export function listPastCommits(client: Client, place: EnvironmentPlace, before?: string): Promise<PastCommit[]> {
    const since = before === undefined ? "" : `&before=${before}`;
    const path = `${environmentPath(place)}/commits?limit=${commitsPerPage}${since}`;
    return client.write("GET", path, { answer: pastSchema, forgets: [] });
}

/** The content of a file in a request. */
export function toWire(content: string | Buffer | null): FileEdit {
    if (typeof content === "string" || content === null) return content;
    return isText(content) ? content.toString("utf8") : { base64: content.toString("base64") };
}

export interface CommitToMake {
    /** The commit that the branch must be at. */
    expected: string;
    /** The commit whose content the edits are over. Default: the expected one. */
    contentOf?: string;
    author: { name: string; email: string };
    message: string;
    edits: FileEdits;
}

/** Makes a commit. The same request again finds it made. */
export async function makeCommit(
    client: Client,
    place: EnvironmentPlace,
    { expected, contentOf, author, message, edits }: CommitToMake,
): Promise<MadeCommit> {
    const files = Object.fromEntries([...edits].map(([file, content]) => [file, toWire(content)]));
    const body = { expected, content_of: contentOf, author, message, files };
    return client.write("POST", `${environmentPath(place)}/commit`, {
        body,
        answer: madeSchema,
        forgets: [environmentsPath(place)],
        amends: ({ head }) => [
            {
                path: environmentsPath(place),
                change: (list: readonly EnvironmentRecord[]) =>
                    list.map((each) => (each.name === place.environment ? { ...each, head } : each)),
            },
        ],
    });
}
