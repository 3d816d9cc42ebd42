import type { Proxy } from "../proxy-chain";
import { type BranchFiles, type Findings, mergeFindings } from "./branch-content";
import { warnOfNames } from "./file-names";
import { checkProxyFiles } from "./proxy-files";
import { findStrayFolders } from "./stray-folders";
import { speaksVcl4 } from "./vcl/vcl";
import { mainVcl } from "./vcl-files";

/** Files that a declaration brings to a branch, where nobody can see the rest of the branch. */
export interface DeclaredPart {
    /** All their paths. */
    paths: readonly string[];
    /** Path -> text. Files that are no text, or not known yet, are missing. */
    texts: ReadonlyMap<string, string>;
    /** The proxies of the environment. Undefined where nobody knows them. */
    proxychain?: readonly Proxy[];
}

const named = (names: readonly string[]) => names.map((name) => `${name}/`).join(", ") || "none";

/** Refuses a folder whose name is nearly that of a proxy: its files would be there, and nothing would read them. */
export function checkStrays(paths: readonly string[], proxychain: readonly Proxy[]): Findings {
    const names = proxychain.map(({ name }) => name);
    return mergeFindings(
        findStrayFolders(paths, proxychain).map(({ folder, file, meant }): Findings => {
            if (meant !== undefined) {
                const message = `${file} belongs to no proxy; did you mean ${meant}/${file.slice(folder.length + 1)}?`;
                return { warnings: [], problems: [{ path: file, message }] };
            }
            const warning = `warning: ${folder}/ belongs to no proxy, so none reads its files (the proxies' folders: ${named(names)})`;
            return { warnings: [warning], problems: [] };
        }),
    );
}

/** Proxies that files show by themselves: a `default.vcl` that says it is VCL 4. */
function guessChain(texts: ReadonlyMap<string, string>): Proxy[] {
    return [...texts].flatMap(([path, text]) => {
        const [name, file, ...deeper] = path.split("/");
        const isMain = file === mainVcl && deeper.length === 0;
        return isMain && speaksVcl4(text) ? [{ name: name as string, image: "varnish" }] : [];
    });
}

/** Checks declared files as a push would, as far as they alone tell. */
export async function checkDeclaredFiles({ paths, texts, proxychain }: DeclaredPart): Promise<Findings> {
    const content: BranchFiles = {
        files: [...texts.keys()].map((path) => ({ path, mode: "100644" })),
        read: async (path) => Buffer.from(texts.get(path) as string),
        isPart: true,
    };
    const chain = proxychain ?? guessChain(texts);
    return mergeFindings([
        { warnings: warnOfNames(paths), problems: [] },
        proxychain === undefined ? { warnings: [], problems: [] } : checkStrays(paths, proxychain),
        ...(await Promise.all(chain.map((proxy) => checkProxyFiles(proxy, content, {})))),
    ]);
}
