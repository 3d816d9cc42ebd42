import { constants, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { decodedBytes, fileLimits, findFileInFile, isText } from "section-model";
import type { BinaryFile } from "section-model/public";
import { ignoredNames } from "./ignored-names";
import { Template } from "./template";
import { wrong } from "./wrong";

/** A folder, relative to the working directory of the program, or files as path -> content. */
export type ConfigSource = string | Readonly<Record<string, string | BinaryFile>>;

/** A file before its variables are filled in. */
export interface SourceFile {
    /** Its name in messages: its path on the disk, or its path in the repository where the program wrote it. */
    place: string;
    read(): Template | BinaryFile;
    /** What git takes for executable: its owner may execute it. */
    isExecutable(): boolean;
}

function listFiles(folder: string, below = ""): string[] {
    return readdirSync(path.join(folder, below), { withFileTypes: true })
        .filter(({ name }) => !ignoredNames.has(name))
        .sort((one, other) => (one.name < other.name ? -1 : 1))
        .flatMap((entry) => {
            const name = below === "" ? entry.name : `${below}/${entry.name}`;
            if (entry.isDirectory()) return listFiles(folder, name);
            if (entry.isFile()) return [name];
            throw wrong(
                `${path.join(folder, name)} is neither a file nor a folder`,
                "Copy the content: symbolic links are not allowed in a configuration",
            );
        });
}

function readContent(place: string): Template | BinaryFile {
    const data = readFileSync(place);
    return isText(data) ? new Template(data.toString("utf8"), place) : { base64: data.toString("base64") };
}

/** A file on the disk, which is read when it is first asked for. */
function fileAt(place: string): SourceFile {
    let content: Template | BinaryFile | undefined;
    let isExecutable: boolean | undefined;
    return {
        place,
        read: () => {
            content ??= readContent(place);
            return content;
        },
        isExecutable: () => {
            isExecutable ??= (statSync(place).mode & constants.S_IXUSR) !== 0;
            return isExecutable;
        },
    };
}

function filesOfFolder(folder: string): [string, SourceFile][] {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
        throw wrong(`${path.resolve(folder)} is not a folder`, "Name a folder, relative to where the program runs");
    const files = listFiles(folder);
    if (files.length === 0)
        throw wrong(
            `${path.resolve(folder)} has no files`,
            "Put the files of the repository there, such as varnish/default.vcl",
        );
    return files.map((name) => [name, fileAt(path.join(folder, name))]);
}

/** Folders of configuration files. Each is read once, so that all sites that share a folder share its texts. */
export class Folders {
    readonly #read = new Map<string, [string, SourceFile][]>();

    filesOf(folder: string): [string, SourceFile][] {
        const files = this.#read.get(folder) ?? filesOfFolder(folder);
        this.#read.set(folder, files);
        return files;
    }
}

function isContent(content: unknown): content is string | BinaryFile {
    return typeof content === "string" || typeof (content as BinaryFile | null)?.base64 === "string";
}

function filesOfProgram(files: Readonly<Record<string, string | BinaryFile>>): [string, SourceFile][] {
    return Object.entries(files).map(([name, content]) => {
        if (!isContent(content))
            throw wrong(
                `${name} is neither a text nor { base64 }`,
                "Put what is only known later beside it: config: { ...configFrom(...), [path]: output }",
            );
        const read = () => (typeof content === "string" ? new Template(content, name) : content);
        return [name, { place: name, read, isExecutable: () => false }];
    });
}

/** The files of all sources by their path in the repository. Of two with the same path the later wins. */
export function mergeSources(sources: readonly ConfigSource[], folders: Folders): Map<string, SourceFile> {
    return new Map(
        sources.flatMap((source) => (typeof source === "string" ? folders.filesOf(source) : filesOfProgram(source))),
    );
}

/** Refuses an executable file: its bit would not reach the repository. */
export function refuseExecutable({ place, isExecutable }: SourceFile): void {
    if (!isExecutable()) return;
    throw wrong(
        `${place} is executable, which a file of a configuration cannot be`,
        'Run chmod -x on it, push it with git, or pass executable: "ignore" if the disk marks every file',
    );
}

/** Refuses a path that is a file in one source and a folder in another. */
export function refuseFileInFile(files: readonly { name: string; place: string }[]): void {
    const [file, inside] = findFileInFile(files.map(({ name }) => name)) ?? [];
    if (file === undefined) return;
    const placeOf = (wanted: string | undefined) => files.find(({ name }) => name === wanted)?.place;
    throw wrong(
        `${placeOf(file)} and ${placeOf(inside)} cannot both exist: ${file} cannot be a file and a folder`,
        "Rename one of them, or leave it out with exclude",
    );
}

/** Refuses files that are too large, by name and size. */
export function refuseLarge(files: readonly { place: string; content: string | BinaryFile }[]): void {
    const sized = files.map(({ place, content }) =>
        typeof content === "string"
            ? { place, bytes: Buffer.byteLength(content), isBinary: false }
            : { place, bytes: decodedBytes(content.base64), isBinary: true },
    );
    for (const kind of [
        {
            isBinary: false,
            most: fileLimits.textBytes,
            mostTogether: fileLimits.allTextBytes,
            words: "texts are shown in previews and kept in the state",
        },
        {
            isBinary: true,
            most: fileLimits.binaryBytes,
            mostTogether: fileLimits.allBinaryBytes,
            words: "push larger binary files with git",
        },
    ]) {
        const ofKind = sized
            .filter(({ isBinary }) => isBinary === kind.isBinary)
            .sort((one, other) => other.bytes - one.bytes);
        const [largest] = ofKind;
        if (largest === undefined) continue;
        if (largest.bytes > kind.most)
            throw wrong(
                `${largest.place} has ${largest.bytes} bytes`,
                `Keep each file under ${kind.most} bytes: ${kind.words}`,
            );
        const total = ofKind.reduce((sum, { bytes }) => sum + bytes, 0);
        if (total > kind.mostTogether)
            throw wrong(
                `the files together have ${total} bytes, the largest is ${largest.place} with ${largest.bytes}`,
                `Keep a configuration under ${kind.mostTogether} bytes: ${kind.words}`,
            );
    }
}
