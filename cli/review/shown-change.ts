import {
    type Difference,
    diffFiles,
    findDifferences,
    findSecrets,
    leavesOf,
    type Properties,
    printable,
    unknownValue,
} from "pulumi-section/internal";
import { formatPropertyPath } from "section-model";
import { secretMark } from "../engine/engine-value";
import type { PreviewStep } from "../engine/preview";
import { holdsPrivateKey } from "../engine/private-property";

/** A change of a resource, as a reviewer sees it. A secret has only its name. */
export interface ShownChange {
    /** Such as `origin.address`; of a configuration file its path. */
    property: string;
    isFile?: true;
    isSecret?: true;
    /** Short values, as JSON or in words. Undefined where there was or will be no value. */
    before?: string;
    after?: string;
    /** A unified diff, of files and of long values. */
    diff?: string;
    /** The whole text of a new file. */
    text?: string;
    /** Equal for the same change of the same lines of a file, in any context. */
    edit?: string;
    /** A promotion that leaves every file as it is. */
    keepsContent?: true;
}

/** Properties that are shown elsewhere, or that follow from shown ones. */
const unshown: Readonly<Record<string, readonly string[]>> = {
    membership: ["organization", "email", "role", "until", "ended"],
    team: ["organization", "members", "removes", "ended"],
    application: ["cname"],
    environment: ["goesLive", "promotedOver"],
    domain: ["cname", "dns", "zoneName"],
};
/** Properties that come with the commit that an environment promotes: what goes live is shown in place of them. */
const comeWithCommit = ["config", "proxyChain", "ownership"];
/** Properties that name a new resource. */
const naming = ["organization", "application", "environment", "hostname", "name"];
const longestOnLine = 160;

function everyText(value: unknown): string[] {
    if (typeof value === "string") return [value];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(everyText) : [];
}

function isHidden(value: unknown): boolean {
    return (
        everyText(value).some((text) => text === secretMark || findSecrets(text).length > 0) ||
        findSecrets(JSON.stringify(value) ?? "").length > 0
    );
}

const known = (_key: string, value: unknown) => (value === unknownValue ? "not known yet" : value);

function valueText(value: unknown, indent?: number): string | undefined {
    if (value === undefined) return undefined;
    return value === unknownValue ? "not known yet" : printable(JSON.stringify(value, known, indent));
}

function fileText(content: unknown): string | undefined {
    if (content === undefined) return undefined;
    if (typeof content === "string") return content === unknownValue ? "not known yet" : printable(content);
    const { bytes, base64 } = content as { bytes?: number; base64?: string };
    const count = bytes ?? Math.floor((String(base64 ?? "").length * 3) / 4);
    return `a binary file of ${count} bytes ${valueText((content as Properties).blob) ?? ""}`.trim();
}

function showFile(file: string, from: unknown, to: unknown): ShownChange {
    const property = printable(file);
    if (isHidden(from) || isHidden(to)) return { property, isFile: true, isSecret: true };
    const whole = fileText(to);
    const { text, edit } = diffFiles(fileText(from), whole);
    const note = from === undefined ? { after: "a new file" } : to === undefined ? { after: "removed" } : {};
    return {
        property,
        isFile: true,
        ...note,
        ...(from === undefined && { text: whole }),
        ...(text !== "" && { diff: text, edit: `${note.after ?? ""}\n${edit}` }),
    };
}

function showDifference(kind: string, difference: Difference): ShownChange[] {
    const { key, file, from, to } = difference;
    const isPrivate = [from, to].some((value) => holdsPrivateKey(kind, key, value));
    if (isPrivate || [from, to].includes(secretMark))
        return [{ property: formatPropertyPath(file === undefined ? [key] : [key, file]), isSecret: true }];
    if (file !== undefined) return [showFile(file, from, to)];
    return leavesOf(difference).map((leaf) => {
        const property = printable(formatPropertyPath(leaf.path));
        if (isHidden(leaf.from) || isHidden(leaf.to)) return { property, isSecret: true };
        const [before, after] = [valueText(leaf.from), valueText(leaf.to)];
        if ((before ?? "").length <= longestOnLine && (after ?? "").length <= longestOnLine)
            return { property, before, after };
        return { property, diff: diffFiles(valueText(leaf.from, 4), valueText(leaf.to, 4)).text };
    });
}

/** Shows differences that the engine reports and the inputs do not have: secrets, and changes on the platform. */
function showUnseen(
    { changed, olds = {}, news = {} }: PreviewStep,
    shown: readonly ShownChange[],
    hidden: readonly string[],
): ShownChange[] {
    return changed.flatMap((property): ShownChange[] => {
        const key = /^[^.[]+/.exec(property)?.[0] ?? property;
        const file = /^config\["(.+)"\]$/.exec(property)?.[1];
        const isSeen = shown.some(
            (each) =>
                each.property === (file ?? property) ||
                each.property.startsWith(property) ||
                property.startsWith(each.property),
        );
        if (hidden.includes(key) || isSeen) return [];
        const isSecret = isHidden(olds[key]) || isHidden(news[key]);
        return [
            {
                property: printable(file ?? property),
                ...(file !== undefined && { isFile: true }),
                ...(isSecret && { isSecret: true }),
            },
        ];
    });
}

/** Lists the changes of a resource, by property and file, in a stable order. None for a resource that is removed. */
export function showChanges(step: PreviewStep, isNew: boolean): ShownChange[] {
    const { kind, olds = {}, news } = step;
    if (news === undefined) return [];
    const isTakenBack = olds.promote !== undefined && news.goesLive !== undefined;
    const isPromoted = kind === "environment" && (news.promote !== undefined || isTakenBack);
    const told = [...(unshown[kind] ?? []), ...(isPromoted ? comeWithCommit : [])];
    const hidden = told.filter((key) => ![olds[key], news[key]].includes(secretMark));
    const before = isNew ? {} : olds;
    const keys = [...new Set([...Object.keys(before), ...Object.keys(news)])].filter(
        (key) => !hidden.includes(key) && !(isNew && naming.includes(key)),
    );
    // where one side is a secret as a whole, the other may be the same text in clear
    const secret = keys.filter((key) => [before[key], news[key]].includes(secretMark) && before[key] !== news[key]);
    const others = keys.filter((key) => !secret.includes(key)).sort();
    const differing = findDifferences(others, before, news).flatMap((difference) => showDifference(kind, difference));
    const shown = [...secret.map((property): ShownChange => ({ property, isSecret: true })), ...differing];
    return isNew ? shown : [...shown, ...showUnseen(step, shown, hidden)];
}

/** A text that people wrote, without the lines that look like a secret. */
export function safeText(text: string): string {
    const lines = text.split("\n");
    for (const { line } of findSecrets(text)) lines[line - 1] = secretMark;
    return printable(lines.join("\n"));
}
