import {
    type EnvironmentInputs,
    emptySectionConfig,
    formatSectionConfig,
    originFromFile,
    originToFile,
    parseSectionConfig,
    type SectionConfig,
    sectionConfigPath,
} from "section-model";
import { blobIdOf } from "../repository/blob-id";
import type { Checkout } from "../repository/repository";
import { isSame } from "./answer";

/** The part of an environment's branch that a declaration manages. What is missing is not managed. */
export type ManagedContent = Pick<EnvironmentInputs, "origin" | "origins" | "proxyChain" | "ipBlacklist" | "config">;

/** What outputs remember of it: small things as they are, files by their blob id. */
export interface RememberedContent extends Omit<ManagedContent, "config"> {
    files?: Record<string, string>;
}

export function rememberContent({ config, origin, origins, proxyChain, ipBlacklist }: ManagedContent): RememberedContent {
    const files = config && Object.fromEntries(Object.entries(config).map(([path, text]) => [path, blobIdOf(text)]));
    return { origin, origins, proxyChain, ipBlacklist, files };
}

export function managesAnything(content: RememberedContent): boolean {
    return Object.values(content).some((value) => value !== undefined);
}

async function readConfig(checkout: Checkout): Promise<SectionConfig> {
    return parseSectionConfig((await checkout.read(sectionConfigPath)) ?? emptySectionConfig);
}

/** What the branch has, of the kinds and files that `remembered` names. */
export async function observeContent(checkout: Checkout, branch: string, remembered: RememberedContent): Promise<ManagedContent> {
    const { proxychain, environments } = await readConfig(checkout);
    const { origin, alternate_origins = {}, ip_blacklist = [] } = environments[branch] ?? {};
    const config: Record<string, string> = {};
    for (const path of Object.keys(remembered.files ?? {})) {
        const text = await checkout.read(path);
        if (text !== undefined) config[path] = text;
    }
    return {
        origin: remembered.origin && originFromFile(origin ?? {}),
        origins: remembered.origins && Object.fromEntries(Object.entries(alternate_origins).map(([name, file]) => [name, originFromFile(file)])),
        proxyChain: remembered.proxyChain && proxychain.map(({ name, image }) => ({ name, image })),
        ipBlacklist: remembered.ipBlacklist && ip_blacklist,
        config: remembered.files && config,
    };
}

function rewriteConfig(config: SectionConfig, branch: string, wanted: ManagedContent): void {
    const { origin, origins, proxyChain, ipBlacklist } = wanted;
    const block = config.environments[branch] ?? {};
    config.environments[branch] = block;
    if (origin !== undefined) block.origin = originToFile(origin, block.origin);
    if (origins !== undefined) {
        const previous = block.alternate_origins ?? {};
        block.alternate_origins = Object.fromEntries(Object.entries(origins).map(([name, each]) => [name, originToFile(each, previous[name])]));
        if (Object.keys(origins).length === 0) delete block.alternate_origins;
    }
    if (ipBlacklist !== undefined && !isSame(ipBlacklist, block.ip_blacklist ?? [])) block.ip_blacklist = ipBlacklist;
    if (proxyChain !== undefined) {
        const previous = new Map(config.proxychain.map((proxy) => [proxy.name, proxy]));
        config.proxychain = proxyChain.map((proxy) => ({ ...previous.get(proxy.name), ...proxy }));
    }
}

/** The files to write so that the branch has what is wanted; files that were managed before and are no longer wanted go. */
export async function planEdits(checkout: Checkout, branch: string, wanted: ManagedContent, before: RememberedContent): Promise<Map<string, string | null>> {
    const edits = new Map<string, string | null>();
    const config = await readConfig(checkout);
    const known = JSON.stringify(config);
    rewriteConfig(config, branch, wanted);
    if (JSON.stringify(config) !== known) edits.set(sectionConfigPath, formatSectionConfig(config));
    for (const [path, text] of Object.entries(wanted.config ?? {})) {
        if (checkout.files.get(path) !== blobIdOf(text)) edits.set(path, text);
    }
    for (const path of Object.keys(before.files ?? {})) {
        if (wanted.config?.[path] === undefined && checkout.files.has(path)) edits.set(path, null);
    }
    return edits;
}
