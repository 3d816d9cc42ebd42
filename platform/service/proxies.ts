import { Problem, type Proxy } from "section-model";
import type { Member } from "../auth/caller";
import { templateOf } from "../catalogue/proxy-templates";
import { featuresFile, generateFeatures } from "../catalogue/section-features";
import type { Branch } from "../git/branch";
import { type BranchPlace, editBranch, openEnvironment } from "./branches";
import { readConfig } from "./configuration";
import type { Context } from "./context";

/** A proxy's configuration as the API shows it: its main file, and its features with the generated configuration. */
export interface ProxyConfiguration {
    content: string;
    features?: string;
    generatedContent?: string;
}

export interface ProxyUpdate {
    content: string;
    /** Default: as it is. */
    features?: string;
    /** Of the commit. */
    message?: string;
}

const defaultMessage = "Proxy configuration update";

/** A proxy of a branch's chain, or `not-found`. */
export async function requireProxy(
    branch: Branch,
    { applicationId, environment }: BranchPlace,
    name: string,
): Promise<Proxy> {
    const proxy = (await readConfig(branch)).proxychain.find((each) => each.name === name);
    if (proxy === undefined)
        throw new Problem(
            "not-found",
            `there is no proxy ${name} in environment ${environment} of application ${applicationId}`,
        );
    return proxy;
}

export async function getProxyConfiguration(
    context: Context,
    member: Member,
    place: BranchPlace,
    name: string,
): Promise<ProxyConfiguration> {
    const { branch } = await openEnvironment(context, member, place);
    const { image } = await requireProxy(branch, place, name);
    const { mainFile } = templateOf(image);
    const read = async (file: string) => (await branch.read(`${name}/${file}`))?.toString("utf8");
    const [content = "", features] = await Promise.all([
        mainFile === undefined ? undefined : read(mainFile),
        read(featuresFile),
    ]);
    return { content, features, generatedContent: generateFeatures(image, features ?? "{}") };
}

/** Writes a proxy's main file and features as one commit of the caller. Returns whether anything differs. */
export async function setProxyConfiguration(
    context: Context,
    member: Member,
    place: BranchPlace,
    name: string,
    update: ProxyUpdate,
): Promise<boolean> {
    let before: string | undefined;
    const { commit } = await editBranch(
        context,
        member,
        place,
        update.message?.trim() || defaultMessage,
        async (branch) => {
            before = branch.head.commit;
            const { image } = await requireProxy(branch, place, name);
            const { mainFile } = templateOf(image);
            const changes = new Map<string, Buffer>();
            if (mainFile !== undefined) changes.set(`${name}/${mainFile}`, Buffer.from(update.content, "utf8"));
            else if (update.content !== "") {
                throw new Problem("invalid-input", `a proxy of image ${image} has no file that content could be`, {
                    property: "content",
                    remedy: `Leave it empty: send features, or push the files of ${name}/`,
                });
            }
            if (update.features !== undefined)
                changes.set(`${name}/${featuresFile}`, Buffer.from(update.features, "utf8"));
            return changes;
        },
    );
    return commit !== before;
}
