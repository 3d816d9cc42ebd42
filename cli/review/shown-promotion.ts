import { editOf, type GoesLive, isSame, type PromotionChange, printable } from "pulumi-section/internal";
import { productionName } from "section-model";
import type { PreviewStep } from "../engine/preview";
import type { ShownChange } from "./shown-change";

/** What a step promotes, or takes back because nothing is promoted any more. Undefined where that stays as it is. */
function findPromotion({ olds = {}, news = {} }: PreviewStep): PromotionChange | undefined {
    const { goesLive } = news;
    if (typeof goesLive !== "object" || goesLive === null || isSame(goesLive, olds.goesLive)) return undefined;
    return Object.values(goesLive as GoesLive)[0];
}

const wordsOf: Readonly<Record<string, string>> = { added: "a new file", removed: "removed" };

function showFile(named: string, { promotedLines = {} }: PreviewStep): ShownChange {
    const [, kind = "", path = named] = /^(added|changed|removed) (.*)$/s.exec(named) ?? [];
    const { diff, note } = promotedLines[path] ?? {};
    const words = [wordsOf[kind], note].filter(Boolean).join(", ");
    const after = words === "" && diff === undefined ? kind || "not named here" : words;
    return {
        property: printable(path),
        isFile: true,
        ...(after !== "" && { after }),
        ...(diff !== undefined && { diff: `${diff}\n`, edit: `${kind}\n${editOf(diff)}` }),
    };
}

/** Shows what goes live with a promotion: commits, then the files with their lines. */
export function showPromotion(step: PreviewStep): ShownChange[] {
    const change = findPromotion(step);
    if (change === undefined) return [];
    const { commits = [], takenBack = [], files = [] } = change;
    if (files.length === 0) return [{ property: "content", keepsContent: true }];
    const { name = productionName } = step.news ?? {};
    const lines = [...commits.map((line) => `+${line}`), ...takenBack.map((line) => `-${line}`)];
    const named: ShownChange[] =
        lines.length === 0 ? [] : [{ property: `commits that go live in ${name}`, diff: printable(lines.join("\n")) }];
    return [...named, ...files.map((file) => showFile(file, step))];
}
