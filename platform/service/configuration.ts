import {
    blockOf,
    bytesOfEdit,
    type EnvironmentBlock,
    emptySectionConfig,
    type FileEdit,
    ipRestrictionSchema,
    isProblem,
    Problem,
    type Proxy,
    parseSectionConfig,
    type SectionConfig,
    sectionConfigPath,
} from "section-model";
import type { BranchVerdict } from "section-model/content";
import type { Member } from "../auth/caller";
import { filesOfChain } from "../catalogue/initial-content";
import { requireStack } from "../catalogue/stacks";
import type { Branch } from "../git/branch";
import { openSectionConfig, rewriteSectionConfig } from "../git/rewrite-section-config";
import { nextSlice } from "../slices";
import { type BranchPlace, checkContent, editBranch, openEnvironment } from "./branches";
import type { Context } from "./context";
import { type Egress, egressToBlock } from "./egress";
import { applyJsonPatch, type JsonPatch } from "./json-patch";
import { payloadExists } from "./payloads";

export type { BranchPlace } from "./branches";

/** section.config.json of a branch; a branch without one has no proxies and no blocks. */
export async function readConfig(branch: Branch): Promise<SectionConfig> {
    return parseSectionConfig((await branch.read(sectionConfigPath))?.toString("utf8") ?? emptySectionConfig);
}

/** The block of an environment in section.config.json. */
export async function getBlock(context: Context, member: Member, place: BranchPlace): Promise<EnvironmentBlock> {
    return blockOf(await readConfig((await openEnvironment(context, member, place)).branch), place.environment);
}

/** The proxies that requests of an environment pass, in order. */
export async function getProxyChain(context: Context, member: Member, place: BranchPlace): Promise<Proxy[]> {
    return (await readConfig((await openEnvironment(context, member, place)).branch)).proxychain;
}

/** Changes the block of an environment as one commit, and returns the block of that commit. */
async function editBlock(
    context: Context,
    member: Member,
    place: BranchPlace,
    message: string,
    change: (block: EnvironmentBlock) => EnvironmentBlock | Promise<EnvironmentBlock>,
): Promise<EnvironmentBlock> {
    let changed: EnvironmentBlock = {};
    await editBranch(context, member, place, message, async (branch) => {
        await nextSlice();
        const { config, write } = openSectionConfig(await branch.read(sectionConfigPath));
        await nextSlice();
        changed = await change(blockOf(config, place.environment));
        await nextSlice();
        config.environments[place.environment] = changed;
        return write();
    });
    return changed;
}

/** Replaces the origins of an environment. */
export async function setEgress(
    context: Context,
    member: Member,
    place: BranchPlace,
    egress: Egress,
): Promise<EnvironmentBlock> {
    return editBlock(context, member, place, "Egress configuration update", (block) => egressToBlock(egress, block));
}

/** Replaces the addresses whose requests are refused. */
export async function setIpRestrictions(
    context: Context,
    member: Member,
    place: BranchPlace,
    addresses: string[],
): Promise<EnvironmentBlock> {
    return editBlock(context, member, place, "IP restriction update", (block) => {
        if (addresses.length === 0 && block.ip_blacklist === undefined) return block;
        return { ...block, ip_blacklist: addresses };
    });
}

/** A push may carry an address that blocks nobody; here somebody waits for the answer. */
function refuseAddresses(before: EnvironmentBlock, after: EnvironmentBlock): void {
    const known = new Set<unknown>(before.ip_blacklist);
    if (!Array.isArray(after.ip_blacklist)) return;
    for (const [index, address] of after.ip_blacklist.entries()) {
        if (known.has(address)) continue;
        const reason = ipRestrictionSchema.safeParse(address).error?.issues[0]?.message;
        if (reason !== undefined)
            throw new Problem(
                "invalid-input",
                `the patch makes /ip_blacklist/${index} ${JSON.stringify(address)}, which ${reason}`,
            );
    }
}

/** Applies a JSON Patch to the block of an environment. */
export async function patchBlock(
    context: Context,
    member: Member,
    place: BranchPlace,
    patch: JsonPatch,
): Promise<EnvironmentBlock> {
    return editBlock(context, member, place, "Environment configuration update", async (block) => {
        const patched = await applyJsonPatch(block, patch);
        if (typeof patched !== "object" || patched === null || Array.isArray(patched))
            throw new Problem(
                "invalid-input",
                `the patch makes the configuration of ${place.environment} something else than an object`,
            );
        refuseAddresses(block, patched as EnvironmentBlock);
        return patched as EnvironmentBlock;
    });
}

/** Gives an environment the proxy chain of a stack, with default files for proxies that have no folder yet. */
export async function setStack(
    context: Context,
    member: Member,
    place: BranchPlace,
    stackName: string,
): Promise<Proxy[]> {
    const stack = requireStack(stackName);
    await editBranch(context, member, place, `Stack update ${stackName}`, async (branch) => {
        const config = rewriteSectionConfig(await branch.read(sectionConfigPath), (document) => {
            document.proxychain = stack.proxychain.map((proxy) => ({ ...proxy }));
        });
        const existing = await branch.files();
        const missing = stack.proxychain.filter(
            ({ name }) => !existing.some(({ path }) => path.startsWith(`${name}/`)),
        );
        if (config === undefined && missing.length === 0) return undefined;
        return new Map([...(config ?? []), ...filesOfChain(missing)]);
    });
    return stack.proxychain;
}

/** The answer that a push of the branch with these files over it would get. Writes nothing. */
export async function validateFiles(
    context: Context,
    member: Member,
    place: BranchPlace,
    files: Record<string, FileEdit>,
): Promise<BranchVerdict> {
    const { branch } = await openEnvironment(context, member, place);
    const changes = new Map(Object.entries(files).map(([path, edit]) => [path, bytesOfEdit(edit)]));
    try {
        return await checkContent(context, await branch.with(changes), place.environment, (id) =>
            payloadExists(context, member.accountId, id),
        );
    } catch (error) {
        if (!isProblem(error)) throw error;
        return { lines: [], problems: [{ path: sectionConfigPath, message: error.message }], proxychain: [] };
    }
}
