import { formatSize } from "../file-size";
import { isIpRestriction } from "../ip-restriction";
import { originKeys, originSchema, refuseOddHost } from "../origin";
import { isProblem } from "../problem";
import { reservedFolders } from "../proxy-chain";
import {
    type FileOrigin,
    originFromFile,
    parseSectionConfig,
    refuseConfigSize,
    type SectionConfig,
    sectionConfigPath,
} from "../section-config";
import {
    type BranchFiles,
    type BranchRules,
    type BranchVerdict,
    type ContentProblem,
    type Findings,
    mergeFindings,
    problemAt,
    shorten,
    warn,
} from "./branch-content";
import { warnOfNames } from "./file-names";
import { inspectJson } from "./json-text";
import { checkProxyFiles } from "./proxy-files";
import { findStrayFolders } from "./stray-folders";
import { yieldAfter } from "./turn";

const knownProxyKeys = new Set(["name", "image"]);
const knownOriginKeys = new Set<string>(Object.values(originKeys));
/** A file above this makes every clone slow; only a push that brings as much can have brought one. */
const heavyBytes = 20 * 1024 * 1024;

/** Far more than any chain has; each costs a look at all files. */
const mostProxies = 100;

const refuse = (message: string): Findings => ({ warnings: [], problems: [{ path: sectionConfigPath, message }] });

function refuseOddModes(content: BranchFiles): ContentProblem[] {
    return content.files.flatMap(({ path, mode }) => {
        if (mode === "120000")
            return [
                { path, message: `${path} is a symbolic link: never use symbolic links in any Section configuration` },
            ];
        if (mode === "160000") return [{ path, message: `${path} is a submodule: commit the files themselves` }];
        return [];
    });
}

async function warnOfSizes({ files, size, received = 0 }: BranchFiles): Promise<string[]> {
    if (size === undefined || received < heavyBytes) return [];
    const blobs = files.filter(({ mode }) => mode.startsWith("100"));
    const sizes = await Promise.all(blobs.map(async ({ path }) => ({ path, bytes: await size(path) })));
    const heavy = sizes.filter(({ bytes }) => bytes > heavyBytes);
    return heavy.map(({ path, bytes }) => `warning: ${path} has ${formatSize(bytes)}, which makes every clone slow`);
}

const unknownKeys = (value: object, known: ReadonlySet<string>) => Object.keys(value).filter((key) => !known.has(key));

function checkOrigin(place: string, file: FileOrigin): Findings {
    const result = originSchema.safeParse(originFromFile(file));
    const problems = result.success
        ? []
        : result.error.issues.flatMap((issue) => refuse(`${place}.${issue.path.join(".")} ${issue.message}`).problems);
    const { address, hostHeader, tlsName } = result.data ?? {};
    const odd = [address, hostHeader, tlsName].flatMap((host) => {
        const reason = host === undefined ? undefined : refuseOddHost(host);
        return reason === undefined ? [] : `warning: ${place}: ${JSON.stringify(host)} ${reason}`;
    });
    const unknown = unknownKeys(file, knownOriginKeys).map((key) => `warning: unknown key ${key} in ${place}`);
    return { warnings: [...unknown, ...odd], problems };
}

function checkEnvironment(config: SectionConfig, branch: string): Findings {
    const place = `environments.${branch}`;
    const block = Object.hasOwn(config.environments, branch) ? config.environments[branch] : undefined;
    if (block === undefined)
        return refuse(
            `section.config.json has no block ${place}: the block named like the branch is the one that counts`,
        );
    if (block.origin === undefined) return refuse(`${place} has no origin`);
    const alternates = Object.entries(block.alternate_origins ?? {}).map(([name, file]) =>
        checkOrigin(`${place}.alternate_origins.${name}`, file),
    );
    const odd = (block.ip_blacklist ?? [])
        .filter((address) => !isIpRestriction(address))
        .map(
            (address) =>
                `${place}.ip_blacklist: ${JSON.stringify(address)} is no IPv4 address or range and blocks nobody`,
        );
    return mergeFindings([checkOrigin(`${place}.origin`, block.origin), ...alternates, warn(...odd)]);
}

async function checkProxy(
    config: SectionConfig,
    index: number,
    content: BranchFiles,
    rules: BranchRules,
): Promise<Findings> {
    const { name, image } = config.proxychain[index] as { name: string; image: string };
    if (!/^[0-9A-Za-z]{1,32}$/.test(name))
        return refuse(
            `Proxy name '${name}' is invalid in ${sectionConfigPath}, proxy names can only contain alphanumeric characters`,
        );
    if (reservedFolders.includes(name))
        return refuse(`Proxy name '${name}' is a reserved folder in ${sectionConfigPath}`);
    if (config.proxychain.findIndex((proxy) => proxy.name === name) < index)
        return refuse(`Proxy name '${name}' stands twice in ${sectionConfigPath}`);
    if (!rules.imageExists(image))
        return refuse(`Image '${image}' for proxy name '${name}' is not a valid image name in ${sectionConfigPath}`);
    return checkProxyFiles({ name, image }, content, rules);
}

/** The document, or the reason why it is none: the words that clients know, then the place. */
async function readConfig(text: string): Promise<{ config?: SectionConfig; findings: Findings }> {
    const { error, duplicates } = inspectJson(text);
    await yieldAfter(text);
    try {
        const config = parseSectionConfig(text);
        if (config.proxychain.length > mostProxies)
            return {
                findings: refuse(`the proxychain has ${config.proxychain.length} proxies; it may have ${mostProxies}`),
            };
        const twice = duplicates.map(
            ({ line, column, key }) =>
                `${sectionConfigPath}:${line}:${column}: key ${JSON.stringify(key)} stands twice; the last one counts`,
        );
        const unknown = config.proxychain.flatMap((proxy) =>
            unknownKeys(proxy, knownProxyKeys).map((key) => `unknown key ${key} in proxy ${proxy.name}`),
        );
        return {
            config,
            findings: shorten(warn(...twice, ...unknown)),
        };
    } catch (problem) {
        if (!isProblem(problem)) throw problem;
        if (error === undefined) return { findings: refuse(problem.message) };
        const words = `Error: File ${sectionConfigPath} cannot be parsed as JSON. Check its syntax.`;
        return {
            findings: {
                warnings: [],
                problems: [{ path: sectionConfigPath, message: words }, problemAt(sectionConfigPath, error)],
            },
        };
    }
}

/** Checks the content of a branch as a push does. The same answer serves `git push` and the validate extension. */
export async function checkBranch(content: BranchFiles, rules: BranchRules): Promise<BranchVerdict> {
    const { problems } = shorten({ warnings: [], problems: refuseOddModes(content) });
    const paths = content.files.map(({ path }) => path);
    const lines = [...warnOfNames(paths), ...(await warnOfSizes(content))];
    if (!paths.includes(sectionConfigPath)) {
        if (rules.isEnvironment)
            problems.push({ path: sectionConfigPath, message: `branch ${rules.branch} has no ${sectionConfigPath}` });
        return { lines, problems, proxychain: [] };
    }
    const tooLarge = refuseConfigSize((await content.size?.(sectionConfigPath)) ?? 0);
    if (tooLarge !== undefined) {
        problems.push({ path: sectionConfigPath, message: tooLarge });
        return { lines, problems, proxychain: [] };
    }
    const { config, findings } = await readConfig((await content.read(sectionConfigPath)).toString("utf8"));
    lines.push(...findings.warnings);
    problems.push(...findings.problems);
    if (config === undefined) return { lines, problems, proxychain: [] };
    const proxychain = config.proxychain.map(({ name, image }) => ({ name, image }));
    const strays = findStrayFolders(paths, proxychain);
    for (const { folder, meant } of strays)
        if (meant !== undefined) lines.push(`warning: ${folder}/ belongs to no proxy; did you mean ${meant}/?`);
    for (const [index, { name }] of config.proxychain.entries()) {
        const found = shorten(await checkProxy(config, index, content, rules));
        lines.push(`Validating configuration for proxy ${name}...`, ...found.warnings);
        problems.push(...found.problems);
    }
    if (rules.isEnvironment) {
        const found = shorten(checkEnvironment(config, rules.branch));
        lines.push(...found.warnings);
        problems.push(...found.problems);
    }
    return { lines, problems, proxychain };
}
