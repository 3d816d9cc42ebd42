import path from "node:path";

/**
 * The names of the references of a repository, to find one that another cannot stand beside: a file cannot be a folder
 * too, so `a` and `a/b` exclude each other. Each question takes as long as the name is deep, however many there are.
 */
export class ReferenceNames {
    readonly #names = new Set<string>();
    /** Folder -> the names below it. */
    readonly #below = new Map<string, Set<string>>();

    constructor(names: Iterable<string>) {
        for (const name of names) this.add(name);
    }

    get size(): number {
        return this.#names.size;
    }

    add(name: string): void {
        this.#names.add(name);
        for (const folder of foldersOf(name)) {
            const below = this.#below.get(folder) ?? new Set();
            this.#below.set(folder, below.add(name));
        }
    }

    delete(name: string): void {
        this.#names.delete(name);
        for (const folder of foldersOf(name)) {
            const below = this.#below.get(folder);
            below?.delete(name);
            if (below?.size === 0) this.#below.delete(folder);
        }
    }

    /** A name that the given one cannot stand beside. */
    findRival(name: string): string | undefined {
        const [below] = this.#below.get(name) ?? [];
        return below ?? foldersOf(name).find((folder) => this.#names.has(folder));
    }
}

/** `refs/heads/a/b` -> `refs/heads/a`, `refs/heads`, `refs`. */
function foldersOf(name: string): string[] {
    const folders: string[] = [];
    for (let folder = path.posix.dirname(name); folder !== "."; folder = path.posix.dirname(folder))
        folders.push(folder);
    return folders;
}
