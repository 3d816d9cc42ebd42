import { readFile } from "node:fs/promises";
import path from "node:path";
import { type ClientListFile, openClientList, splitUrn } from "pulumi-section/internal";
import { isProblem } from "section-model";
import type { StateResource } from "../engine/state";
import { listProgramFiles } from "./program-files";

/** A list of clients, and the place in it that declares a resource. */
export interface Listed {
    list: ClientListFile;
    /** Such as `["clients", 0, "sites", 1]`. */
    at: readonly PropertyKey[];
}

/** The type of the component. */
export const agencyType = "section:index:Agency";
const listName = /\.(csv|ya?ml)$/i;
const otherName = /^(Pulumi\b|pnpm-lock\b)/;
/** What a program calls to read a list, with the path where it is written out. */
const reading = /clientsFrom(?:Csv|Yaml)\(\s*(?:["'`]([^"'`$]+)["'`])?/g;

function openList(file: string): ClientListFile | undefined {
    try {
        return openClientList(file);
    } catch (error) {
        if (!isProblem(error)) throw error;
        return undefined; // it is no list, or says nothing that can be trusted
    }
}

/** The lists of clients that a program reads, opened when somebody asks for one. */
export class ProgramLists {
    readonly #opened = new Map<string, ClientListFile | undefined>();
    readonly #programs = new Map<string, Promise<readonly string[]>>();
    #files: Promise<readonly string[]> | undefined;

    constructor(private readonly folder: string) {}

    /** The list and the place that declare a resource of an `Agency`. Undefined where the program itself does. */
    async find(resource: StateResource): Promise<Listed | undefined> {
        const { urn, noted } = resource;
        if (noted === undefined || !splitUrn(urn).path.split("$").includes(agencyType)) return undefined;
        const known = this.#programs.get(noted) ?? this.#listRead(noted);
        this.#programs.set(noted, known);
        const found = (await known).flatMap((file) => {
            const list = this.#open(file);
            const at = list?.find(resource);
            return list === undefined || at === undefined ? [] : [{ list, at }];
        });
        return found.length === 1 ? found[0] : undefined;
    }

    #open(file: string): ClientListFile | undefined {
        const known = this.#opened.has(file) ? this.#opened.get(file) : openList(path.join(this.folder, file));
        this.#opened.set(file, known);
        return known;
    }

    /** The lists that a file of the program names; where it names none, those beside it and below. */
    async #listRead(program: string): Promise<readonly string[]> {
        const text = await readFile(path.join(this.folder, program), "utf8").catch(() => "");
        const calls = [...text.matchAll(reading)];
        if (calls.length === 0) return [];
        this.#files ??= listProgramFiles(this.folder).then((files) =>
            [...files].filter(([name]) => listName.test(name) && !otherName.test(name)).flatMap(([, paths]) => paths),
        );
        const files = await this.#files;
        const beside = path.dirname(program);
        const written = calls.flatMap(([, file]) => (file === undefined ? [] : [file]));
        const named = files.filter((file) => text.includes(path.posix.basename(file)));
        const outside = written
            .filter((file) => file.startsWith("../") || path.isAbsolute(file))
            .map((file) => (path.isAbsolute(file) ? path.relative(this.folder, file) : path.join(beside, file)));
        const all = new Set([...named, ...outside]);
        return all.size > 0 ? [...all] : files.filter((file) => beside === "." || file.startsWith(`${beside}/`));
    }
}
