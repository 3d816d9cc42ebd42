import { type FileContent, isText } from "section-model";
import { hasUnknown } from "../../run/unknown";

/** The declared files of an environment, as far as they are known. */
export interface DeclaredFiles {
    /** Path -> content of those that are known. */
    known: Record<string, FileContent>;
    /** Path -> text. */
    texts: ReadonlyMap<string, string>;
    /** All paths. */
    paths: readonly string[];
    /** True when files are declared that nobody can name yet. */
    hasUnnamed: boolean;
}

function textOf(content: unknown): string | undefined {
    if (typeof content === "string") return content;
    if (typeof content !== "object" || content === null || !("base64" in content)) return undefined;
    const data = Buffer.from(String(content.base64), "base64");
    return isText(data) ? data.toString("utf8") : undefined;
}

/** @param config as declared: it may be unknown, or contain unknown contents */
export function readDeclaredFiles(config: unknown): DeclaredFiles {
    if (typeof config !== "object" || config === null)
        return { known: {}, texts: new Map(), paths: [], hasUnnamed: config !== undefined };
    const entries = Object.entries(config);
    const known = entries.filter(([, content]) => !hasUnknown(content));
    const texts = known.flatMap(([path, content]): [string, string][] => {
        const text = textOf(content);
        return text === undefined ? [] : [[path, text]];
    });
    return {
        known: Object.fromEntries(known),
        texts: new Map(texts),
        paths: entries.map(([path]) => path),
        hasUnnamed: false,
    };
}
