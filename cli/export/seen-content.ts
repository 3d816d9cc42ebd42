import type { EnvironmentResult, Properties, Session } from "pulumi-section/internal";
import { branchAddress, ignoredNames, keepDeclarable, observeContent } from "pulumi-section/internal";
import { type Checkout, withBranch } from "section-client";
import { type BinaryFile, fileLimits, isText, parseEnvironmentId } from "section-model";

/** The content of an environment as far as a program can declare it. */
export interface SeenContent {
    declared: Properties;
    /** Files of `declared.config` that can lie in a folder as they are. */
    files: ReadonlyMap<string, Buffer>;
    outputs: Properties;
}

type Tell = (what: string, because: string) => void;

const sharedFolders = ["custom_errors", "outage_pages"];

/** Why a file is not declared; undefined when it can be. */
function refuseFile(path: string): string | undefined {
    if (path.split("/").some((part) => ignoredNames.has(part))) return "lies where configFrom does not look";
    if (path.endsWith("/.section-external-source.json")) return "belongs to the deployment of the code";
    return undefined;
}

/** Counts the size that a declaration has left, for texts and binary files separately. */
class Room {
    readonly #used = { text: 0, binary: 0 };

    /** Why a file has no room; undefined when it has it now. */
    take(data: Buffer): string | undefined {
        const kind = isText(data) ? "text" : "binary";
        const [one, all] =
            kind === "text"
                ? [fileLimits.textBytes, fileLimits.allTextBytes]
                : [fileLimits.binaryBytes, fileLimits.allBinaryBytes];
        if (data.length > one) return `has ${data.length} bytes, more than the ${one} of a ${kind} file`;
        if (this.#used[kind] + data.length > all) return `makes more than ${all} bytes of ${kind} files`;
        this.#used[kind] += data.length;
        return undefined;
    }
}

/** Reads the files of proxies and error pages. A program does not declare the other files of a branch. */
async function readFiles(checkout: Checkout, folders: readonly string[], tell: Tell): Promise<Map<string, Buffer>> {
    const files = new Map<string, Buffer>();
    const room = new Room();
    for (const path of [...checkout.files.keys()].sort()) {
        if (!folders.includes(path.split("/", 1).join()) || !path.includes("/")) continue;
        const data = (await checkout.read(path)) as Buffer;
        const reason =
            refuseFile(path) ??
            (checkout.executables.has(path) ? "is executable, which configFrom refuses" : undefined) ??
            room.take(data);
        if (reason === undefined) files.set(path, data);
        else tell(`file ${path}`, reason);
    }
    return files;
}

const declaredContent = (data: Buffer): string | BinaryFile =>
    isText(data) ? data.toString("utf8") : { base64: data.toString("base64") };

/** True for a file that configFrom would change, as it fills {{...}} in. Such a file is written into the program. */
const isTemplate = (data: Buffer) => isText(data) && data.includes("{{");

/** Reads the content of an environment, the same way as a refresh. */
export async function readContent(
    session: Session,
    { id, gitUrl }: EnvironmentResult,
    tell: Tell,
): Promise<SeenContent> {
    const place = parseEnvironmentId(id);
    return withBranch(await branchAddress(session, place, gitUrl), async (checkout) => {
        const everything = { origin: { address: "" }, origins: {}, proxyChain: [], ipBlacklist: [] };
        const observed = await observeContent(checkout, place.environment, everything);
        const folders = [...(observed.proxyChain ?? []).map(({ name }) => name), ...sharedFolders];
        const found = await readFiles(checkout, folders, tell);
        const config = Object.fromEntries([...found].map(([path, data]) => [path, declaredContent(data)]));
        const declared = keepDeclarable({ ...observed, config }, tell);
        const files = new Map(
            [...found].filter(([path, data]) => path in ((declared.config ?? {}) as object) && !isTemplate(data)),
        );
        return { declared, files, outputs: { head: checkout.head.commit, tree: checkout.head.tree } };
    });
}
