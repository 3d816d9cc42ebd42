import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { failpoint } from "../failpoint";
import { isMissing } from "./objects/missing-file";
import { syncFolder } from "./references/reference-update";
import { settleAll } from "./settle-all";
import { makeFolders, writeConfiguration } from "./upkeep/furnish-repository";

/**
 * Puts objects and branches into a folder that will be a repository. The folders are there from the beginning; for git
 * it is a repository once `isFurnished`.
 */
type Fill<T> = (folder: string, isFurnished: Promise<void>) => Promise<T>;

/** A name for what is not finished. What a crash leaves under such a name is removed. */
export const unfinished = (folder: string) => `${folder}.${randomBytes(4).toString("hex")}.new`;

/** Gives a folder its name, unless another process has given that name to its own. */
async function takeName(folder: string, finished: string): Promise<boolean> {
    try {
        await rename(folder, finished).catch(async (error) => {
            if (!isMissing(error)) throw error;
            await mkdir(path.dirname(finished), { recursive: true });
            await rename(folder, finished);
        });
    } catch (error) {
        if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
        return false;
    }
    await syncFolder(path.dirname(finished));
    return true;
}

async function fillFolder<T>(folder: string, branch: string, fill: Fill<T>): Promise<T> {
    await makeFolders(folder);
    const isFurnished = settleAll([
        writeConfiguration(folder),
        writeFile(path.join(folder, "HEAD"), `ref: refs/heads/${branch}\n`, { flush: true }),
    ]);
    const filling = fill(folder, isFurnished);
    await settleAll([isFurnished, filling]);
    return filling;
}

/**
 * A bare repository that is made under a temporary name, and gets its name only when it is whole: nobody ever sees half
 * of one.
 */
export class NewRepository<T> {
    readonly #filling: Promise<T>;
    #hasName = false;

    /** @param folder its temporary name, one of `unfinished` */
    constructor(
        private readonly folder: string,
        branch: string,
        fill: Fill<T>,
    ) {
        this.#filling = fillFolder(folder, branch, fill);
        this.#filling.catch(() => {}); // whoever finishes it gets the error
    }

    /** Returns the result of `fill`, or undefined when another process has made one under that name meanwhile. */
    async finish(finished: string): Promise<T | undefined> {
        try {
            const filled = await this.#filling;
            failpoint("git.before-ref");
            this.#hasName = await takeName(this.folder, finished);
            return this.#hasName ? filled : undefined;
        } finally {
            await this.discard();
        }
    }

    /** Removes it, unless it has its name. */
    async discard(): Promise<void> {
        if (this.#hasName) return;
        await this.#filling.catch(() => {});
        await rm(this.folder, { recursive: true, force: true });
    }
}

/** Makes a repository, as `NewRepository` does. */
export async function makeRepository<T>(finished: string, branch: string, fill: Fill<T>): Promise<T | undefined> {
    return new NewRepository(unfinished(finished), branch, fill).finish(finished);
}
