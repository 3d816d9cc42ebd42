import { isProblem, Problem } from "section-model";
import { makeRepository } from "./make-repository";
import { readReference } from "./references/references";
import type { Repositories, RepositoryKey } from "./repositories";

/** A history can be long. */
const fetchTimeoutMs = 600_000;

/**
 * Makes a repository of a git bundle: its branches at the same commits. One that is there already is replaced.
 *
 * @param file an absolute path
 * @throws Problem `invalid-input` when it is no bundle, or lacks one of the branches
 */
export async function unpackBundle(
    repositories: Repositories,
    key: RepositoryKey,
    file: string,
    branches: readonly string[],
): Promise<void> {
    const [first = ""] = branches;
    await repositories.remove(key);
    await makeRepository(repositories.folder(key), first, async (folder, isFurnished) => {
        await isFurnished;
        const flags = ["--quiet", "--no-tags", "--no-write-fetch-head"];
        await repositories.git
            .run({
                gitDir: folder,
                verb: "fetch",
                flags,
                operands: [file, "+refs/heads/*:refs/heads/*"],
                timeoutMs: fetchTimeoutMs,
                readsFile: true,
            })
            .catch((cause) => {
                if (!isProblem(cause) || cause.code !== "internal") throw cause;
                throw new Problem("invalid-input", `${file} cannot be read as a bundle: ${cause.detail}`, {
                    remedy: "Write it with: git bundle create FILE --branches",
                    cause,
                });
            });
        for (const branch of branches) {
            if ((await readReference(folder, branch)) !== undefined) continue;
            throw new Problem("invalid-input", `${file} has no branch ${branch}`, {
                remedy: "Write it with: git bundle create FILE --branches",
            });
        }
    });
}
