import type { Proxy } from "../proxy-chain";
import {
    type BranchFiles,
    type BranchRules,
    type Findings,
    mergeFindings,
    nothing,
    problemAt,
    warn,
} from "./branch-content";
import { inspectJson } from "./json-text";
import { inspectVcl } from "./vcl/vcl";
import { checkVclFiles, mainVcl, varnishVersion } from "./vcl-files";

/** The file that names an upload in place of the files themselves. */
export const payloadFile = ".section-external-source.json";

const largestChecked = 1024 * 1024;

/** Files that a platform reads in a folder of application code; the code's own JSON may be of any kind. */
const readInCode = ["package.json", "package-lock.json", "proxy-features.json", payloadFile];

function isChecked({ image }: Proxy, inFolder: string): boolean {
    if (inFolder.split("/").some((part) => part === "node_modules" || (part.startsWith(".") && part !== payloadFile)))
        return false;
    if (inFolder.endsWith(".vcl")) return image.startsWith("varnish");
    return inFolder.endsWith(".json") && (!image.startsWith("nodejs") || readInCode.includes(inFolder));
}

function checkJson(path: string, text: string): Findings {
    const { error, duplicates } = inspectJson(text);
    if (error !== undefined)
        return {
            warnings: [],
            problems: [problemAt(path, { ...error, reason: `cannot be parsed as JSON: ${error.reason}` })],
        };
    return warn(
        ...duplicates.map(
            ({ line, column, key }) =>
                `${path}:${line}:${column}: key ${JSON.stringify(key)} stands twice; the last one counts`,
        ),
    );
}

type FileRules = Pick<BranchRules, "payloadExists" | "compileVcl">;

async function checkPayload(path: string, text: string, { payloadExists }: FileRules): Promise<Findings> {
    const { section_payload_id: payload } = (JSON.parse(text) ?? {}) as { section_payload_id?: unknown };
    if (typeof payload !== "string") return warn(`${path} names no section_payload_id`);
    if (payload === "") return nothing; // as in a new application, before its first upload
    if (payloadExists === undefined || (await payloadExists(payload))) return nothing;
    return warn(
        `${path} names the upload ${JSON.stringify(payload)}, which this account does not have; the proxy does not run until it is uploaded`,
    );
}

/** In the order of names, whichever was read first. */
const byName = ([one]: [string, string], [other]: [string, string]) => (one < other ? -1 : 1);

/** Looks at the files of one proxy. */
export async function checkProxyFiles(proxy: Proxy, content: BranchFiles, rules: FileRules): Promise<Findings> {
    const folder = `${proxy.name}/`;
    const paths = content.files
        .filter(({ path, mode }) => path.startsWith(folder) && mode.startsWith("100"))
        .map(({ path }) => path.slice(folder.length));
    if (paths.length === 0 && !content.isPart)
        return {
            warnings: [],
            problems: [{ path: folder, message: `Proxy '${proxy.name}' has no folder ${folder} in the repository` }],
        };
    const names = new Set(paths);
    const texts = new Map<string, string>();
    const checkFile = async (name: string): Promise<Findings> => {
        const path = folder + name;
        if (((await content.size?.(path)) ?? 0) > largestChecked) return warn(`${path} is too large to be checked`);
        const text = (await content.read(path)).toString("utf8");
        texts.set(name, text);
        if (name.endsWith(".vcl")) return nothing;
        const found = checkJson(path, text);
        return name === payloadFile && found.problems.length === 0
            ? mergeFindings([found, await checkPayload(path, text, rules)])
            : found;
    };
    const checked = await Promise.all(paths.filter((name) => isChecked(proxy, name)).map(checkFile));
    const vcl = new Map([...texts].filter(([name]) => name.endsWith(".vcl")).sort(byName));
    const has = content.isPart ? undefined : (name: string) => names.has(name);
    const lacksMain = !content.isPart && varnishVersion(proxy.image) !== undefined && !names.has(mainVcl);
    const read = checkVclFiles({ image: proxy.image, folder, texts: vcl, has });
    const isCompiled = read.problems.length === 0 && inspectVcl(vcl.get(mainVcl) ?? "").version?.startsWith("4.");
    return mergeFindings([
        ...checked,
        read,
        isCompiled ? ((await rules.compileVcl?.({ image: proxy.image, folder, texts })) ?? nothing) : nothing,
        lacksMain ? warn(`${folder}${mainVcl} is missing: ${proxy.image} has nothing to run`) : nothing,
    ]);
}
