import type { Way } from "pulumi-section/internal";
import { stackArguments } from "../engine/stack-config";
import { sayCount } from "../report/say-count";
import { sayShellLine } from "../terminal/shell-line";
import type { ConvertedStack, PlannedConversion } from "./convert-stack";

const waysInWords: Readonly<Record<Way, string>> = { plugin: "the plugin", dynamic: "dynamic resources" };

function rowsOf(rows: readonly (readonly [name: string, value: string])[]): string[] {
    const width = Math.max(...rows.map(([name]) => name.length));
    return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
}

/** The number of resources that a conversion is about. */
export function countConverted({ conversion }: PlannedConversion): number {
    return [...conversion.counts.values()].reduce((sum, count) => sum + count, 0);
}

function countsOf({ conversion }: PlannedConversion): [string, number][] {
    return [...conversion.counts].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** True where state and program go the way already. */
export function isDone({ isConverted, change }: PlannedConversion): boolean {
    return isConverted && change.words === undefined;
}

/** What a conversion would do. */
export function sayPlanned(planned: PlannedConversion): string {
    const { way, conversion, change, choice } = planned;
    const { providers } = conversion;
    const config = change.words && sayShellLine(["pulumi", "config", ...change.words, ...stackArguments(choice)]);
    const title = `to ${waysInWords[way]}: ${sayCount(countConverted(planned), "resource")} of the state; nothing on the platform is touched`;
    const rows: [string, string][] = countsOf(planned).map(([kind, count]) => [kind, String(count)]);
    if (providers.length > 0) rows.push(["providers", providers.join(", ")]);
    if (config !== undefined) rows.push(["config", config]);
    return [title, ...rowsOf(rows)].join("\n");
}

/** What a conversion did, and how to go on and back. */
export function sayConverted(planned: PlannedConversion, { backup }: ConvertedStack): string {
    const { way, choice } = planned;
    if (isDone(planned)) return `nothing to convert: the state and the program use ${waysInWords[way]} already`;
    const lineOf = (...words: string[]) => sayShellLine([...words, ...stackArguments(choice)]);
    const back = way === "plugin" ? "dynamic" : "plugin";
    const rows: [string, string][] = [
        ["back", lineOf("pulumi-section", "convert", "--to", back)],
        ["next", `${lineOf("pulumi", "preview")}   which is empty`],
    ];
    if (backup !== undefined)
        rows.unshift(["before", backup], ["restore", lineOf("pulumi", "stack", "import", "--file", backup)]);
    const title = `converted to ${waysInWords[way]}: ${sayCount(countConverted(planned), "resource")}; nothing on the platform was touched`;
    return [title, ...rowsOf(rows)].join("\n");
}

/** The same for programs. `converted` is undefined where a person said no. */
export function conversionToJson(planned: PlannedConversion, converted: ConvertedStack | undefined): object {
    const { way, conversion, change } = planned;
    return {
        outcome: converted === undefined || isDone(planned) ? "nothing" : "converted",
        to: way,
        resources: countConverted(planned),
        counts: Object.fromEntries(countsOf(planned)),
        providers: conversion.providers,
        ...(change.words && { config: change.words.join(" ") }),
        ...converted,
    };
}
