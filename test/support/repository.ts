import { openRepositories, type Repositories, type RepositoryKey } from "../../platform/git/repositories";
import { withFolder } from "./platform";

export const author = { name: "Gita", email: "gita@agency.example" };
export const key: RepositoryKey = { accountId: 1, applicationId: 7 };

export const files = (content: Record<string, string | null>) =>
    new Map(Object.entries(content).map(([path, text]) => [path, text === null ? null : Buffer.from(text)] as const));

/** A folder of repositories with one repository in it. */
export function withRepository<T>(
    work: (repositories: Repositories, root: string) => Promise<T>,
    content: Record<string, string> = { "a.txt": "a\n" },
): Promise<T> {
    return withFolder(async (root) => {
        const repositories = await openRepositories({ root });
        const initial = files(content) as Map<string, Buffer>;
        await repositories.create(key, "Production", {
            files: initial,
            author,
            message: "first",
            date: new Date("2026-01-02T03:04:05Z"),
        });
        try {
            return await work(repositories, root);
        } finally {
            await repositories.close();
        }
    });
}
