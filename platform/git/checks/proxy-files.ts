import { type BranchContent, type BranchRules, type Findings, mergeFindings, problemAt } from "./branch-content";
import { inspectJson } from "./json-text";
import { inspectVcl, type VclFindings } from "./vcl-text";

/** The file that names an upload in place of the files themselves. */
export const payloadFile = ".section-external-source.json";

const nothing: Findings = { warnings: [], problems: [] };
const warn = (...warnings: string[]): Findings => ({
    warnings: warnings.map((text) => `warning: ${text}`),
    problems: [],
});
const largestChecked = 1024 * 1024;
const mainVcl = "default.vcl";

/** Files that a platform reads in a folder of application code; the code's own JSON may be of any kind. */
const readInCode = ["package.json", "package-lock.json", "proxy-features.json", payloadFile];

interface Proxy {
    name: string;
    image: string;
}

/** The major version of a varnish image that says it; undefined for `varnish`, `varnish3magento` and other families. */
function varnishVersion(image: string): number | undefined {
    const version = /^varnish[:-](\d+)\./.exec(image)?.[1];
    return version === undefined ? undefined : Number(version);
}

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

async function checkPayload(path: string, text: string, { payloadExists }: BranchRules): Promise<Findings> {
    const { section_payload_id: payload } = (JSON.parse(text) ?? {}) as { section_payload_id?: unknown };
    if (typeof payload !== "string" || payload === "") return warn(`${path} names no section_payload_id`);
    if (payloadExists === undefined || (await payloadExists(payload))) return nothing;
    return warn(
        `${path} names the upload ${JSON.stringify(payload)}, which this account does not have; the proxy does not run until it is uploaded`,
    );
}

/** Refuses a file only for text that is wrong in every version; an include can complete another file. */
function checkVcl(path: string, isMain: boolean, { image }: Proxy, text: string, names: ReadonlySet<string>): Findings {
    if (text.trim() === "")
        return isMain ? { warnings: [], problems: [{ path, message: `${path} is empty` }] } : warn(`${path} is empty`);
    const found = inspectVcl(text);
    if (found.error !== undefined) {
        const problem = problemAt(path, found.error);
        return isMain ? { warnings: [], problems: [problem] } : warn(problem.message);
    }
    const folder = path.slice(0, path.indexOf("/") + 1);
    // section-features.vcl is made from proxy-features.json, and a path from the root is the image's own
    const missing = found.includes.filter(
        (name) =>
            name !== "section-features.vcl" && !/^\/|[*?]/.test(name) && !names.has(folder + name.replace(/^\.\//, "")),
    );
    return mergeFindings([
        isMain ? checkVersion(path, image, found) : nothing,
        warn(...missing.map((name) => `${path} includes ${name}, which is not there`)),
    ]);
}

function checkVersion(path: string, image: string, { version }: VclFindings): Findings {
    const needed = varnishVersion(image);
    if (needed === undefined || needed < 4) return nothing;
    if (version === undefined)
        return {
            warnings: [],
            problems: [
                {
                    path,
                    line: 1,
                    column: 1,
                    message: `${path}:1:1: ${image} needs \`vcl 4.0;\` as the first statement`,
                },
            ],
        };
    if (version === "4.1" && needed < 6) return warn(`${path} is written for vcl 4.1, which ${image} may not know`);
    return nothing;
}

/** Looks at the files of one proxy. */
export async function checkProxyFiles(proxy: Proxy, content: BranchContent, rules: BranchRules): Promise<Findings> {
    const folder = `${proxy.name}/`;
    const paths = content.files
        .filter(({ path, mode }) => path.startsWith(folder) && mode.startsWith("100"))
        .map(({ path }) => path);
    if (paths.length === 0)
        return {
            warnings: [],
            problems: [{ path: folder, message: `Proxy '${proxy.name}' has no folder ${folder} in the repository` }],
        };
    const names = new Set(paths);
    const checkFile = async (path: string): Promise<Findings> => {
        const inFolder = path.slice(folder.length);
        if (((await content.size?.(path)) ?? 0) > largestChecked) return warn(`${path} is too large to be checked`);
        const text = (await content.read(path)).toString("utf8");
        if (inFolder.endsWith(".vcl")) return checkVcl(path, inFolder === mainVcl, proxy, text, names);
        const found = checkJson(path, text);
        return inFolder === payloadFile && found.problems.length === 0
            ? mergeFindings([found, await checkPayload(path, text, rules)])
            : found;
    };
    const checked = await Promise.all(
        paths.filter((path) => isChecked(proxy, path.slice(folder.length))).map(checkFile),
    );
    const lacksMain = varnishVersion(proxy.image) !== undefined && !names.has(folder + mainVcl);
    return mergeFindings([
        ...checked,
        lacksMain ? warn(`${folder}${mainVcl} is missing: ${proxy.image} has nothing to run`) : nothing,
    ]);
}
