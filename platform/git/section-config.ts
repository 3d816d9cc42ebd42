import {
    formatSectionConfig,
    isProblem,
    originFromFile,
    originSchema,
    parseSectionConfig,
    reservedFolders,
    type SectionConfig,
    sectionConfigPath,
} from "section-model";

/** What is checked, without caring where it comes from: a push in quarantine, or files somebody asks about. */
export interface BranchContent {
    files: readonly { path: string; mode: string }[];
    read(path: string): Promise<Buffer>;
}

export interface BranchRules {
    branch: string;
    /** True for a branch that is deployed; others may lack a section.config.json. */
    isEnvironment: boolean;
    imageExists(image: string): boolean;
}

export interface ContentProblem {
    path: string;
    message: string;
}

export interface Verdict {
    /** What a person at a terminal sees, in order. */
    lines: string[];
    problems: ContentProblem[];
}

const knownProxyKeys = new Set(["name", "image"]);

function refuseOddModes(content: BranchContent): ContentProblem[] {
    return content.files.flatMap(({ path, mode }) => {
        if (mode === "120000") return [{ path, message: `${path} is a symbolic link: never use symbolic links in any Section configuration` }];
        if (mode === "160000") return [{ path, message: `${path} is a submodule: commit the files themselves` }];
        return [];
    });
}

function checkEnvironment(config: SectionConfig, branch: string): ContentProblem[] {
    const refuse = (message: string) => [{ path: sectionConfigPath, message }];
    const block = Object.hasOwn(config.environments, branch) ? config.environments[branch] : undefined;
    if (block === undefined) return refuse(`section.config.json has no block environments.${branch}: the block named like the branch is the one that counts`);
    if (block.origin === undefined) return refuse(`environments.${branch} has no origin`);
    const result = originSchema.safeParse(originFromFile(block.origin));
    if (result.success) return [];
    return result.error.issues.flatMap((issue) => refuse(`environments.${branch}.origin.${issue.path.join(".")} ${issue.message}`));
}

async function checkFile(content: BranchContent, path: string): Promise<ContentProblem[]> {
    const text = (await content.read(path)).toString("utf8");
    if (path.endsWith(".json")) {
        try {
            JSON.parse(text);
        } catch (error) {
            return [{ path, message: `${path} cannot be parsed as JSON: ${(error as Error).message}` }];
        }
    }
    if (path.endsWith(".vcl") && text.trim() === "") return [{ path, message: `${path} is empty` }];
    return [];
}

async function checkProxy(config: SectionConfig, index: number, content: BranchContent, rules: BranchRules): Promise<ContentProblem[]> {
    const { name, image } = config.proxychain[index] as { name: string; image: string };
    const refuse = (message: string) => [{ path: sectionConfigPath, message }];
    if (!/^[0-9A-Za-z]{1,32}$/.test(name)) {
        return refuse(`Proxy name '${name}' is invalid in ${sectionConfigPath}, proxy names can only contain alphanumeric characters`);
    }
    if (reservedFolders.includes(name)) return refuse(`Proxy name '${name}' is a reserved folder in ${sectionConfigPath}`);
    if (config.proxychain.findIndex((proxy) => proxy.name === name) < index) return refuse(`Proxy name '${name}' stands twice in ${sectionConfigPath}`);
    if (!rules.imageExists(image)) return refuse(`Image '${image}' for proxy name '${name}' is not a valid image name in ${sectionConfigPath}`);
    const files = content.files.filter(({ path }) => path.startsWith(`${name}/`));
    if (files.length === 0) return [{ path: `${name}/`, message: `Proxy '${name}' has no folder ${name}/ in the repository` }];
    const checked = files.filter(({ path, mode }) => mode.startsWith("100") && /\.(json|vcl)$/.test(path) && !path.includes("/node_modules/"));
    return (await Promise.all(checked.map(({ path }) => checkFile(content, path)))).flat();
}

function warnUnknownKeys(config: SectionConfig): string[] {
    return config.proxychain.flatMap((proxy) =>
        Object.keys(proxy)
            .filter((key) => !knownProxyKeys.has(key))
            .map((key) => `warning: unknown key ${key} in proxy ${proxy.name}`),
    );
}

/** Checks the content of a branch as a push does. The same answer serves `git push` and the validate extension. */
export async function checkBranch(content: BranchContent, rules: BranchRules): Promise<Verdict> {
    const problems = refuseOddModes(content);
    const lines: string[] = [];
    if (!content.files.some(({ path }) => path === sectionConfigPath)) {
        if (rules.isEnvironment) problems.push({ path: sectionConfigPath, message: `branch ${rules.branch} has no ${sectionConfigPath}` });
        return { lines, problems };
    }
    let config: SectionConfig;
    try {
        config = parseSectionConfig((await content.read(sectionConfigPath)).toString("utf8"));
    } catch (error) {
        if (!isProblem(error)) throw error;
        return { lines, problems: [...problems, { path: sectionConfigPath, message: error.message }] };
    }
    lines.push(...warnUnknownKeys(config));
    for (const [index, { name }] of config.proxychain.entries()) {
        lines.push(`Validating configuration for proxy ${name}...`);
        problems.push(...(await checkProxy(config, index, content, rules)));
    }
    if (rules.isEnvironment) problems.push(...checkEnvironment(config, rules.branch));
    return { lines, problems };
}

/** Changes section.config.json and leaves everything else in it as it is. Returns undefined when nothing changes. */
export function rewriteSectionConfig(text: Buffer | undefined, change: (config: SectionConfig) => void): Map<string, Buffer> | undefined {
    const before = text?.toString("utf8") ?? "{}";
    const config = parseSectionConfig(before);
    const known = JSON.stringify(config);
    change(config);
    if (JSON.stringify(config) === known) return undefined;
    return new Map([[sectionConfigPath, Buffer.from(formatSectionConfig(config), "utf8")]]);
}
