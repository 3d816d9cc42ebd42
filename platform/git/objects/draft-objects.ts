import {
    type GitObject,
    hashObject,
    type ObjectFacts,
    type ObjectType,
    parseTree,
    type TreeEntry,
} from "./object-format";
import type { ObjectStore } from "./object-store";

/** The objects of a repository, and new ones that are in memory only until they are stored. */
export class DraftObjects {
    readonly #drafted = new Map<string, GitObject>();

    constructor(private readonly objects: ObjectStore) {}

    /** The new ones, by id. What they refer to comes before them. */
    get drafted(): ReadonlyMap<string, GitObject> {
        return this.#drafted;
    }

    async read(oid: string): Promise<GitObject> {
        return this.#drafted.get(oid) ?? this.objects.read(oid);
    }

    async facts(oid: string): Promise<ObjectFacts | undefined> {
        const known = this.#drafted.get(oid);
        return known === undefined ? this.objects.facts(oid) : { type: known.type, size: known.data.length };
    }

    async readTree(oid: string): Promise<TreeEntry[]> {
        return parseTree((await this.read(oid)).data);
    }

    async write(type: ObjectType, data: Buffer): Promise<string> {
        const oid = hashObject(type, data);
        this.#drafted.set(oid, { type, data });
        return oid;
    }

    /** Writes the new ones into the repository; on the disk when this returns. */
    async store(): Promise<void> {
        await Promise.all([...this.#drafted.values()].map(({ type, data }) => this.objects.write(type, data)));
    }
}
