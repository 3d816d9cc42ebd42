import type { Commit, History } from "section-client";
import { withHistory } from "section-client";
import { blockOf, parseSectionConfig, type SectionConfig, sectionConfigPath } from "section-model";
import { isSame, type Properties } from "../run/properties";
import type { Session } from "../run/session";
import { type Author, authorOfCommit } from "./author";
import type { Difference } from "./difference";

/** Reads the value of each declared property from a branch's section.config.json. */
const places: Record<string, (config: SectionConfig, branch: string) => unknown> = {
    proxyChain: ({ proxychain }) => proxychain,
    origin: (config, branch) => blockOf(config, branch).origin,
    origins: (config, branch) => blockOf(config, branch).alternate_origins,
    ipBlacklist: (config, branch) => blockOf(config, branch).ip_blacklist,
};

function valueIn(text: string | undefined, key: string, branch: string): unknown {
    if (text === undefined) return undefined;
    try {
        return places[key]?.(parseSectionConfig(text), branch);
    } catch {
        return text; // a broken file differs from all others, so that the commit that broke it is found
    }
}

/** The newest commit that changed this property in the file. For `promote`, the newest commit of the branch. */
async function findCommit(history: History, key: string, branch: string): Promise<Commit | undefined> {
    if (key === "promote") return history.commits[0];
    for (const commit of history.commits.filter(({ files }) => files.includes(sectionConfigPath))) {
        const [after, before] = await history.texts(commit, sectionConfigPath);
        if (!isSame(valueIn(after, key, branch), valueIn(before, key, branch))) return commit;
    }
    return undefined;
}

/** The authors of a branch's differences, from the commits since the remembered head. */
export async function askHistory(
    session: Session,
    known: Properties,
    differences: readonly Difference[],
): Promise<(Author | undefined)[]> {
    const branch = String(known.name);
    // git wants a person, though nothing is committed here
    const reader = { name: "pulumi-section", email: "pulumi-section@localhost" };
    const address = { gitUrl: String(known.gitUrl), branch, token: session.settings.token, person: reader };
    return withHistory(address, known.head as string | undefined, (history) =>
        Promise.all(
            differences.map(async ({ key, file }) => {
                const commit =
                    file === undefined
                        ? await findCommit(history, key, branch)
                        : history.commits.find(({ files }) => files.includes(file));
                return commit && authorOfCommit(commit);
            }),
        ),
    );
}
