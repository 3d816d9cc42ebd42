/** A name that some systems cannot write to their disk. Undefined: it is fine everywhere. */
function hurts(name: string): string | undefined {
    if (/[\0-\x1f\x7f]/.test(name)) return "has a control character";
    if (name.includes("\\")) return "has a backslash, which separates folders on Windows";
    if (/[<>:"|?*]/.test(name)) return "has a character that Windows does not allow";
    if (/[. ]$/.test(name)) return "ends in a dot or blank, which Windows drops";
    if (/^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)/i.test(name)) return "is a word of Windows";
    return undefined;
}

/** Matches every path that has such a name, and few others. */
const suspicious = /[\0-\x1f\x7f\\<>:"|?*]|[. ](?:\/|$)|(?:^|\/)(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|\/|$)/i;

const shownWarnings = 5;

function colliding(paths: readonly string[]): string[] {
    const first = new Map<string, string>();
    const warnings = new Set<string>();
    for (const path of paths) {
        // from the file upwards, as far as no other file has been
        for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
            const here = path.slice(0, end);
            const known = first.get(here.toLowerCase());
            if (known === here) break;
            if (known === undefined) first.set(here.toLowerCase(), here);
            else warnings.add(`${known} and ${here} differ in case only: on macOS and Windows one hides the other`);
        }
    }
    return [...warnings];
}

/**
 * Warnings about the names of files. The files are kept all the same, as they may have been in a repository for years.
 */
export function warnOfNames(paths: readonly string[]): string[] {
    const odd = paths.flatMap((path) => {
        if (!suspicious.test(path)) return [];
        const reason = path
            .split("/")
            .map(hurts)
            .find((each) => each !== undefined);
        return reason === undefined ? [] : [`${JSON.stringify(path)} ${reason}`];
    });
    const all = [...odd, ...colliding(paths)].map((text) => `warning: ${text}`);
    if (all.length <= shownWarnings) return all;
    return [...all.slice(0, shownWarnings), `warning: and ${all.length - shownWarnings} more names of this kind`];
}
