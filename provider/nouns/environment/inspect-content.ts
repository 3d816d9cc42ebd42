import { blobIdOf } from "section-client";
import { environmentSchema, type Issue, issuesOf, type Proxy } from "section-model";
import { type ContentProblem, checkDeclaredFiles, type Findings } from "section-model/content";
import type { Claimant } from "../../run/claimant";
import { type Memory, Slot } from "../../run/memory";
import type { Properties } from "../../run/properties";
import { hasUnknown } from "../../run/unknown";
import type { Told } from "../noun";
import { sayContentProblem } from "./content-problem";
import { type DeclaredFiles, readDeclaredFiles } from "./declared-files";

/** Files and proxies -> the findings about them: many sites have the same. */
const findings = new Slot(() => new Map<string, Promise<Findings>>());

/** Checks declared files by the rules of a push. What is the same in a run is checked once. */
export function checkFiles(
    memory: Memory,
    { paths, texts }: DeclaredFiles,
    proxychain: readonly Proxy[] | undefined,
): Promise<Findings> {
    const all = memory.of(findings);
    const key = JSON.stringify([proxychain, paths, [...texts].map(([path, text]) => [path, blobIdOf(text)])]);
    const found = all.get(key) ?? checkDeclaredFiles({ paths, texts, proxychain });
    all.set(key, found);
    return found;
}

/** Each problem once, as an issue of the property that declares the files, or the proxy that lacks them. */
export function issuesOfContent(
    problems: readonly ContentProblem[],
    { texts, paths }: DeclaredFiles,
    { secretFiles }: Pick<Claimant, "secretFiles"> = {},
): Issue[] {
    const isSecret = (path: string) => secretFiles === true || secretFiles?.includes(path) === true;
    const issues = problems.map((each): [reason: string, property: string] => {
        const said = sayContentProblem(each, texts.get(each.path), isSecret(each.path));
        const isEmptyFolder = each.path.endsWith("/") && !paths.some((path) => path.startsWith(each.path));
        return isEmptyFolder ? [`${said}; declare its files in config`, "proxyChain"] : [said, "config"];
    });
    return [...new Map(issues)].map(([reason, property]) => ({ property, reason }));
}

/**
 * Mistakes in declared files that are mistakes whatever else the branch has. Contents that are not known yet are left
 * out; check runs again when they are, before anything is written.
 */
export async function inspectContent(declared: Properties, { memory, claimant }: Told): Promise<Issue[]> {
    const files = readDeclaredFiles(declared.config);
    if (files.paths.length === 0) return [];
    const isPart = hasUnknown(declared.config);
    const known = isPart ? environmentSchema.shape.config.safeParse(files.known) : undefined;
    const proxychain = hasUnknown(declared.proxyChain) ? undefined : (declared.proxyChain as Proxy[] | undefined);
    const { problems } = await checkFiles(memory, files, proxychain);
    return [
        ...(known?.success === false ? issuesOf(known.error, ["config"]) : []),
        ...issuesOfContent(problems, files, claimant),
    ];
}
