import { measureJson } from "../json-measure";
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
import { yieldAfter } from "./turn";
import { speaksVcl4 } from "./vcl/vcl";
import { checkVclFiles, mainVcl, varnishVersion } from "./vcl-files";

/** The file that names an upload in place of the files themselves. */
export const payloadFile = ".section-external-source.json";

/** It has one member; one of more values than this names nothing. */
export const mostPayloadValues = 1_000;

/** Of a file, and of all files of a proxy. */
const largestChecked = 1024 * 1024;
const mostChecked = 8 * 1024 * 1024;

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
    const isRead = measureJson(text).values <= mostPayloadValues;
    const { section_payload_id: payload } = ((isRead && JSON.parse(text)) || {}) as { section_payload_id?: unknown };
    if (typeof payload !== "string") return warn(`${path} names no section_payload_id`);
    if (payload === "") return nothing; // as in a new application, before its first upload
    if (payloadExists === undefined || (await payloadExists(payload))) return nothing;
    return warn(
        `${path} names the upload ${JSON.stringify(payload)}, which this account does not have; the proxy does not run until it is uploaded`,
    );
}

/** In the order of names, whichever was read first. */
const byName = ([one]: [string, string], [other]: [string, string]) => (one < other ? -1 : 1);

/** The texts of files that are not too large to be checked, in order, and a warning for each that is. */
async function readTexts(
    folder: string,
    names: readonly string[],
    content: BranchFiles,
): Promise<{ texts: Map<string, string>; unread: Findings }> {
    const sizes = await Promise.all(names.map(async (name) => (await content.size?.(folder + name)) ?? 0));
    const [read, unread]: [string[], string[]] = [[], []];
    let left = mostChecked;
    for (const [index, name] of names.entries()) {
        const size = sizes[index] as number;
        const fits = size <= Math.min(largestChecked, left);
        if (fits) left -= size;
        (fits ? read : unread).push(name);
    }
    const texts = await Promise.all(read.map(async (name) => (await content.read(folder + name)).toString("utf8")));
    return {
        texts: new Map(read.map((name, index) => [name, texts[index] as string])),
        unread: warn(...unread.map((name) => `${folder}${name} is too large to be checked`)),
    };
}

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
    const { texts, unread } = await readTexts(
        folder,
        paths.filter((name) => isChecked(proxy, name)),
        content,
    );
    const checked: Findings[] = [unread];
    for (const [name, text] of texts) {
        if (name.endsWith(".vcl")) continue;
        const path = folder + name;
        const found = checkJson(path, text);
        checked.push(found);
        if (name === payloadFile && found.problems.length === 0) checked.push(await checkPayload(path, text, rules));
        await yieldAfter(text);
    }
    const vcl = new Map([...texts].filter(([name]) => name.endsWith(".vcl")).sort(byName));
    const has = content.isPart ? undefined : (name: string) => names.has(name);
    const lacksMain = !content.isPart && varnishVersion(proxy.image) !== undefined && !names.has(mainVcl);
    const read = await checkVclFiles({ image: proxy.image, folder, texts: vcl, has });
    const isCompiled = read.problems.length === 0 && speaksVcl4(vcl.get(mainVcl) ?? "");
    return mergeFindings([
        ...checked,
        read,
        isCompiled ? ((await rules.compileVcl?.({ image: proxy.image, folder, texts })) ?? nothing) : nothing,
        lacksMain ? warn(`${folder}${mainVcl} is missing: ${proxy.image} has nothing to run`) : nothing,
    ]);
}
