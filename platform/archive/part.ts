import { createHash } from "node:crypto";
import type { Part } from "./manifest";

const repositoryPart = /^repositories\/\d+/;
const filesPart = /^files(?=\/)/;

/** The part of a backup that an entry belongs to: a table, a repository, all other files together, or itself. */
export function partOf(name: string): string {
    return (repositoryPart.exec(name) ?? filesPart.exec(name))?.[0] ?? name;
}

/** Adds up the entries of a part, in the order of the archive. */
export class PartDigest {
    readonly #hash = createHash("sha256");
    #entries = 0;
    #bytes = 0;

    /** Begins an entry. `content` is its size, or the target of a link. */
    begin(name: string, content: number | string): void {
        this.#entries += 1;
        this.#hash.update(`${name}\0${content}\0`);
    }

    add(chunk: Buffer): void {
        this.#bytes += chunk.length;
        this.#hash.update(chunk);
    }

    /** The part so far. */
    end(): Part {
        return { entries: this.#entries, bytes: this.#bytes, sha256: this.#hash.copy().digest("hex") };
    }
}
