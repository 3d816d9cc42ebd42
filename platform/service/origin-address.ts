import { blockOf, isProblem, parseSectionConfig, sectionConfigPath } from "section-model";
import type { Repositories, RepositoryKey } from "../git/repositories";

/** The address of an environment's default origin, as its branch has it now. */
export async function readOriginAddress(
    repositories: Repositories,
    key: RepositoryKey,
    environment: string,
): Promise<string | undefined> {
    try {
        const text = await repositories.readFile(key, environment, sectionConfigPath);
        const address = blockOf(parseSectionConfig(text?.toString("utf8") ?? ""), environment).origin?.address;
        return typeof address === "string" ? address : undefined;
    } catch (error) {
        if (isProblem(error) && error.code === "push-refused") return undefined; // a summary is no place to complain of a file
        throw error;
    }
}
