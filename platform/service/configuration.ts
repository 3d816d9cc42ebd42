import {
    type EnvironmentBlock,
    emptySectionConfig,
    isProblem,
    Problem,
    type Proxy,
    parseSectionConfig,
    type SectionConfig,
    sectionConfigPath,
} from "section-model";
import type { Member } from "../auth/caller";
import { imageExists } from "../catalogue/images";
import { filesOfChain } from "../catalogue/initial-content";
import { findStack } from "../catalogue/stacks";
import type { FileChanges } from "../git/repository";
import { type BranchContent, checkBranch, rewriteSectionConfig, type Verdict } from "../git/section-config";
import { type Context, signatureOf } from "./context";
import { recordDeployments } from "./deployments";
import { type Egress, egressToBlock } from "./egress";
import { requireEnvironment } from "./environments";

/** Which environment of which application. */
export interface Place {
    applicationId: number;
    environment: string;
}

async function readConfig(context: Context, member: Member, { applicationId, environment }: Place): Promise<SectionConfig> {
    await requireEnvironment(context.store.database, member, applicationId, environment);
    const text = await context.repositories.readFile({ accountId: member.accountId, applicationId }, environment, sectionConfigPath);
    return parseSectionConfig(text?.toString("utf8") ?? emptySectionConfig);
}

/** The block of an environment in section.config.json. */
export async function getBlock(context: Context, member: Member, place: Place): Promise<EnvironmentBlock> {
    return (await readConfig(context, member, place)).environments[place.environment] ?? {};
}

/** The proxies that requests of an environment pass, in order. */
export async function getProxyChain(context: Context, member: Member, place: Place): Promise<Proxy[]> {
    return (await readConfig(context, member, place)).proxychain;
}

type Edit = (read: (file: string) => Promise<Buffer | undefined>) => Promise<FileChanges | undefined>;

async function commitEdit(context: Context, member: Member, { applicationId, environment }: Place, message: string, edit: Edit): Promise<void> {
    const key = { accountId: member.accountId, applicationId };
    await requireEnvironment(context.store.database, member, applicationId, environment);
    const before = await context.repositories.head(key, environment);
    const after = await context.repositories.edit(key, environment, { author: signatureOf(member.caller), message }, edit);
    if (after.commit !== before?.commit)
        await recordDeployments(context, member, applicationId, [{ branch: environment, before: before?.commit, after: after.commit }]);
}

async function editBlock(
    context: Context,
    member: Member,
    place: Place,
    message: string,
    change: (block: EnvironmentBlock) => EnvironmentBlock,
): Promise<EnvironmentBlock> {
    await commitEdit(context, member, place, message, async (read) =>
        rewriteSectionConfig(await read(sectionConfigPath), (config) => {
            config.environments[place.environment] = change(config.environments[place.environment] ?? {});
        }),
    );
    return getBlock(context, member, place);
}

/** Replaces the origins of an environment, as one commit of the caller. */
export async function setEgress(context: Context, member: Member, place: Place, egress: Egress): Promise<EnvironmentBlock> {
    return editBlock(context, member, place, "Egress configuration update", (block) => egressToBlock(egress, block));
}

/** Replaces the addresses whose requests are refused, as one commit of the caller. */
export async function setIpRestrictions(context: Context, member: Member, place: Place, addresses: string[]): Promise<EnvironmentBlock> {
    return editBlock(context, member, place, "IP restriction update", (block) => {
        if (addresses.length === 0 && block.ip_blacklist === undefined) return block;
        return { ...block, ip_blacklist: addresses };
    });
}

/** Gives an environment the proxy chain of a stack, with default files for proxies that have no folder yet. */
export async function setStack(context: Context, member: Member, place: Place, stackName: string): Promise<Proxy[]> {
    const stack = findStack(stackName);
    if (stack === undefined) throw new Problem("unknown-stack", `there is no stack ${stackName}`);
    const key = { accountId: member.accountId, applicationId: place.applicationId };
    await commitEdit(context, member, place, `Stack update ${stackName}`, async (read) => {
        const config = rewriteSectionConfig(await read(sectionConfigPath), (document) => {
            document.proxychain = stack.proxychain.map((proxy) => ({ ...proxy }));
        });
        const existing = await context.repositories.listFiles(key, place.environment);
        const missing = stack.proxychain.filter(({ name }) => !existing.some(({ path }) => path.startsWith(`${name}/`)));
        if (config === undefined && missing.length === 0) return undefined;
        return new Map([...(config ?? []), ...filesOfChain(missing)]);
    });
    return getProxyChain(context, member, place);
}

/** What a push of the branch with these files over it would answer. Writes nothing. */
export async function validateFiles(
    context: Context,
    member: Member,
    { applicationId, environment }: Place,
    files: Record<string, string | null>,
): Promise<Verdict> {
    const key = { accountId: member.accountId, applicationId };
    await requireEnvironment(context.store.database, member, applicationId, environment);
    const standing = await context.repositories.listFiles(key, environment);
    const objects = context.repositories.objects(key);
    const changed = new Map(Object.entries(files));
    const kept = standing.filter(({ path }) => !changed.has(path));
    const oids = new Map(kept.map(({ path, oid }) => [path, oid]));
    const added = [...changed].filter(([, text]) => text !== null).map(([path]) => ({ path, mode: "100644" }));
    const content: BranchContent = {
        files: [...kept, ...added],
        read: async (path) => {
            const text = changed.get(path);
            return typeof text === "string" ? Buffer.from(text, "utf8") : (await objects.read(oids.get(path) as string)).data;
        },
    };
    try {
        return await checkBranch(content, { branch: environment, isEnvironment: true, imageExists });
    } catch (error) {
        if (!isProblem(error)) throw error;
        return { lines: [], problems: [{ path: sectionConfigPath, message: error.message }] };
    }
}
