import type { Checkout, FileEdits } from "section-client";
import {
    configKeys,
    findFileInFile,
    formatSectionConfig,
    originToFile,
    Problem,
    type SectionConfig,
    sectionConfigPath,
} from "section-model";
import type { Memory } from "../../run/memory";
import { isSame } from "../../run/properties";
import { blobOf, contentOf } from "./binary-files";
import {
    foreignFiles,
    type ManagedContent,
    type RememberedContent,
    readSectionConfig,
    rememberContent,
} from "./content";

function rewriteConfig(config: SectionConfig, branch: string, wanted: ManagedContent): void {
    const { origin, origins, proxyChain, ipBlacklist } = wanted;
    const block = config.environments[branch] ?? {};
    config.environments[branch] = block;
    if (origin !== undefined) block.origin = originToFile(origin, block.origin);
    if (origins !== undefined) {
        const previous = block.alternate_origins ?? {};
        block.alternate_origins = Object.fromEntries(
            Object.entries(origins).map(([name, each]) => [name, originToFile(each, previous[name])]),
        );
        if (Object.keys(origins).length === 0) delete block.alternate_origins;
    }
    if (ipBlacklist !== undefined && !isSame(ipBlacklist, block.ip_blacklist ?? [])) block.ip_blacklist = ipBlacklist;
    if (proxyChain !== undefined) {
        const previous = new Map(config.proxychain.map((proxy) => [proxy.name, proxy]));
        config.proxychain = proxyChain.map((proxy) => ({ ...previous.get(proxy.name), ...proxy }));
    }
}

/**
 * The files to write, so that the branch has the wanted content. Files that were managed and are no longer wanted are
 * removed.
 *
 * @param memory contains the bytes of binary files
 * @param blocks the environments' blocks to write; default: unchanged
 */
export async function planEdits(
    checkout: Checkout,
    branch: string,
    wanted: ManagedContent,
    before: RememberedContent,
    { memory, blocks }: { memory: Memory; blocks?: SectionConfig["environments"] },
): Promise<FileEdits> {
    const edits = new Map<string, string | Buffer | null>();
    const config = await readSectionConfig(checkout);
    const known = JSON.stringify(config);
    if (blocks !== undefined) config.environments = blocks;
    rewriteConfig(config, branch, wanted);
    if (JSON.stringify(config) !== known) edits.set(sectionConfigPath, formatSectionConfig(config));
    const declared = wanted.config ?? {};
    for (const [path, content] of Object.entries(declared)) {
        if (checkout.files.get(path) !== blobOf(content)) edits.set(path, contentOf(path, content, memory));
    }
    const isDeclared = (path: string) => Object.hasOwn(declared, path);
    const undeclared = wanted.ownership === "complete" ? foreignFiles(checkout, isDeclared) : [];
    for (const path of [...Object.keys(before.files ?? {}), ...undeclared]) {
        if (!isDeclared(path) && checkout.files.has(path)) edits.set(path, null);
    }
    refuseObstacle(checkout, edits, branch);
    return edits;
}

/**
 * The same for a branch that is at the remembered commit, without a look at it. Undefined when that needs files that
 * nobody remembers.
 */
export function planKnownEdits(
    wanted: ManagedContent,
    before: RememberedContent,
    memory: Memory,
): FileEdits | undefined {
    const remembered = rememberContent(wanted);
    const isKept = [...configKeys, "promote" as const].every((key) => isSame(remembered[key], before[key]));
    if (!isKept || remembered.ownership === "complete" || before.ownership === "complete") return undefined;
    const { files: known = {} } = before;
    const { config: declared = {} } = wanted;
    const changed = Object.entries(declared).filter(([path, content]) => known[path] !== blobOf(content));
    const gone = Object.keys(known).filter((path) => !Object.hasOwn(declared, path));
    return new Map<string, string | Buffer | null>([
        ...changed.map(([path, content]) => [path, contentOf(path, content, memory)] as const),
        ...gone.map((path) => [path, null] as const),
    ]);
}

/** Refuses edits that need a folder where a kept file is, or a file where a folder with kept files is. */
function refuseObstacle({ files }: Checkout, edits: FileEdits, branch: string): void {
    const after = [...files.keys(), ...edits.keys()].filter((path) => edits.get(path) !== null);
    const [file, inside] = findFileInFile(after) ?? [];
    if (file === undefined || inside === undefined) return;
    const [kept, written] = edits.has(file) ? [inside, file] : [file, inside];
    throw new Problem(
        "invalid-input",
        `${written} cannot be written: branch ${branch} has ${kept}, and ${file} cannot be a file and a folder`,
        { remedy: `Remove ${kept} with git, or give the declared file another path`, property: "config" },
    );
}
