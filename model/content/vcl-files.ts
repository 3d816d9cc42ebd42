import {
    type ContentProblem,
    type Findings,
    mergeFindings,
    nothing,
    problemAt,
    type VclProgram,
    warn,
} from "./branch-content";
import { yieldAfter } from "./turn";
import { beginsDeclaration, findVclProblems, inspectVcl, type VclFindings } from "./vcl/vcl";

/** The file of a proxy that Varnish begins with. */
export const mainVcl = "default.vcl";

/** The files of VCL of one proxy. */
export interface VclFiles extends VclProgram {
    /** True when a file is in the folder. Undefined where nobody knows all of its files. */
    has?(path: string): boolean;
}

/** The major version of a varnish image that says it; undefined for `varnish`, `varnish3magento` and other families. */
export function varnishVersion(image: string): number | undefined {
    const version = /^varnish[:-](\d+)\./.exec(image)?.[1];
    return version === undefined ? undefined : Number(version);
}

const plainName = (name: string) => name.replace(/^\.\//, "");

/** The files that make one program: the main one, and those that it includes outside of subroutines. */
function findProgram(found: ReadonlyMap<string, VclFindings>): Set<string> {
    const program = new Set(found.has(mainVcl) ? [mainVcl] : []);
    for (const path of program)
        for (const { name, isOutside } of found.get(path)?.includes ?? [])
            if (isOutside && found.has(plainName(name))) program.add(plainName(name));
    return program;
}

const refuse = (...problems: ContentProblem[]): Findings => ({ warnings: [], problems });

function checkVersion(path: string, image: string, { version }: VclFindings): Findings {
    const needed = varnishVersion(image);
    if (needed === undefined || needed < 4) return nothing;
    if (version === undefined)
        return refuse(
            problemAt(path, { line: 1, column: 1, reason: `${image} needs \`vcl 4.0;\` as the first statement` }),
        );
    if (version === "4.1" && needed < 6) return warn(`${path} is written for vcl 4.1, which ${image} may not know`);
    return nothing;
}

/** Section makes the features of a proxy, and a path from the root is the image's own. */
const isOfPlatform = (name: string) => name === "section-features.vcl" || /^\/|[*?]/.test(name);

function warnOfIncludes({ folder, has }: VclFiles, path: string, { includes }: VclFindings): Findings {
    if (has === undefined) return nothing;
    const missing = includes.filter(({ name }) => !isOfPlatform(name) && !has(plainName(name)));
    return warn(...missing.map(({ name }) => `${folder}${path} includes ${name}, which is not there`));
}

/** The statements of a file. `isRefused`: what is surely wrong refuses it. */
function checkStatements(path: string, text: string, isRefused: boolean): Findings {
    return mergeFindings(
        findVclProblems(text).map(({ isSure, ...problem }) =>
            isSure && isRefused ? refuse(problemAt(path, problem)) : warn(problemAt(path, problem).message),
        ),
    );
}

/**
 * Refuses files only for text that is wrong in every version. A file that is no part of the program may be anything,
 * and files of a program can complete each other: their faults are warnings.
 */
export async function checkVclFiles(files: VclFiles): Promise<Findings> {
    const { folder, image, texts } = files;
    const found = new Map<string, VclFindings>();
    for (const [path, text] of texts) {
        if (text.trim() === "") continue;
        found.set(path, await inspectVcl(text));
        await yieldAfter(text);
    }
    const program = findProgram(found);
    const isWhole = [...program].every((path) => found.get(path)?.error === undefined);
    const main = found.get(mainVcl);
    const speaksVcl4 = main === undefined ? (varnishVersion(image) ?? 0) >= 4 : main.version?.startsWith("4.");
    const checkFile = ([path, text]: [string, string]): Findings => {
        const place = folder + path;
        const isMain = path === mainVcl;
        const looked = found.get(path);
        if (looked === undefined)
            return isMain ? refuse({ path: place, message: `${place} is empty` }) : warn(`${place} is empty`);
        if (looked.error !== undefined) {
            const problem = problemAt(place, looked.error);
            return isMain ? refuse(problem) : warn(problem.message);
        }
        const isRead = speaksVcl4 && (program.has(path) || beginsDeclaration(text));
        return mergeFindings([
            isMain ? checkVersion(place, image, looked) : nothing,
            isRead ? checkStatements(place, text, isMain || (program.has(path) && isWhole)) : nothing,
            warnOfIncludes(files, path, looked),
        ]);
    };
    const checked: Findings[] = [];
    for (const [path, text] of texts) {
        checked.push(checkFile([path, text]));
        await yieldAfter(text);
    }
    return mergeFindings(checked);
}
