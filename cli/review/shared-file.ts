import { diffFiles } from "pulumi-section/internal";
import { compareTexts, type ResourceChange } from "./resource-change";
import type { ShownChange } from "./shown-change";

/** One change of a file, and the environments that have exactly this change. */
export interface SharedEdit {
    /** Such as `1`, and `1b` for a variant that fewer environments have. */
    label: string;
    diff: string;
    changes: ResourceChange[];
    /** The label of the new file that this one is compared with, where the comparison is shorter than the file. */
    than?: string;
    /** False where lines around it differ between the environments: those of the first are shown. */
    hasSameContext: boolean;
}

/** A file that changes in several environments in the same way. */
export interface SharedFile {
    file: string;
    /** The edit of most environments comes first, then the others. */
    edits: SharedEdit[];
}

export interface SharedFiles {
    files: SharedFile[];
    /** The label of a shown change. */
    labelOf(shown: ShownChange): string | undefined;
}

interface Occurrence {
    change: ResourceChange;
    shown: ShownChange;
}

function groupBy<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
    const groups = new Map<string, T[]>();
    for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
    return groups;
}

const letters = (index: number): string =>
    index < 26 ? String.fromCharCode(97 + index) : `${letters(Math.floor(index / 26) - 1)}${letters(index % 26)}`;

/** Compares two new files. */
function compareNew(one: ShownChange | undefined, other: ShownChange): string | undefined {
    return one?.text === undefined || other.text === undefined ? undefined : diffFiles(one.text, other.text).text;
}

/** Finds the files that several environments change in the same way, so that a reviewer reads each change once. */
export function findSharedFiles(changes: readonly ResourceChange[]): SharedFiles {
    const all = changes.flatMap((change) =>
        change.shown.filter(({ edit }) => edit !== undefined).map((shown): Occurrence => ({ change, shown })),
    );
    const labels = new Map<ShownChange, string>();
    const files: SharedFile[] = [];
    for (const [file, occurrences] of [...groupBy(all, ({ shown }) => shown.property)].sort(([one], [other]) =>
        compareTexts(one, other),
    )) {
        const groups = [...groupBy(occurrences, ({ shown }) => shown.edit as string).values()];
        const areNew = occurrences.every(({ shown }) => shown.text !== undefined);
        if (occurrences.length === 1 || (!areNew && groups.every((group) => group.length === 1))) continue;
        groups.sort(
            (one, other) =>
                other.length - one.length || compareTexts(one[0]?.shown.diff ?? "", other[0]?.shown.diff ?? ""),
        );
        const edits = groups.map((group, index): SharedEdit => {
            const label = `${files.length + 1}${index === 0 ? "" : letters(index)}`;
            for (const { shown } of group) labels.set(shown, label);
            const [first] = group as [Occurrence];
            const hasSameContext = group.every(({ shown }) => shown.diff === first.shown.diff);
            const likeFirst = index > 0 ? compareNew(groups[0]?.[0]?.shown, first.shown) : undefined;
            const whole = first.shown.diff as string;
            const than = likeFirst !== undefined && likeFirst.length < whole.length;
            return {
                label,
                diff: than ? likeFirst : whole,
                ...(than && { than: String(files.length + 1) }),
                changes: group.map(({ change }) => change),
                hasSameContext,
            };
        });
        files.push({ file, edits });
    }
    return { files, labelOf: (shown) => labels.get(shown) };
}
