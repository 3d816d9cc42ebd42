import { columnLines, printable } from "pulumi-section/internal";
import { sayCount } from "../report/say-count";
import { type AppliedResource, allDeeds } from "./apply-outcome";
import type { Rehearsal } from "./rehearsal";

const titles: Readonly<Record<Rehearsal["outcome"], string>> = {
    ok: "Rehearsed: it applies, and the preview after it is empty",
    refused: "Refused: the preview fails, nothing was applied",
    failed: "Failed: pulumi up fails on a copy of what is live",
    unsettled: "Not settled: it applies, and the next preview is not empty",
};
const indent = (text: string, by: string) => text.replaceAll(/^(?=.)/gm, by);
const inSeconds = (seconds: number) => `${seconds.toFixed(1)} s`;

function countDeeds({ steps, same }: Rehearsal["applied"]): string {
    const counts = allDeeds.map((deed) => [deed, steps.filter((step) => step.deed === deed).length] as const);
    return [
        ...counts.filter(([, count]) => count > 0).map(([deed, count]) => `${count} ${deed}`),
        `${same} unchanged`,
    ].join(", ");
}

function stepLine({ deed, op, kind, name, id, changed }: AppliedResource): string[] {
    const isMade = deed !== "created" && op !== "create";
    const what = deed === "failed" || deed === "not reached" ? `${deed} (${op})` : deed;
    return [
        what,
        kind,
        name,
        [id ?? "", isMade && changed.length > 0 ? changed.join(", ") : ""].filter(Boolean).join(": "),
    ];
}

function stepLines({ steps }: Rehearsal["applied"]): string[] {
    const lines = columnLines(steps.map(stepLine));
    return steps.flatMap(({ failure }, index) => [
        `  ${lines[index]}`.trimEnd(),
        ...(failure === undefined ? [] : [indent(failure, "      ")]),
    ]);
}

/** A rehearsal for people. Ends without a line break. */
export function sayRehearsal(rehearsal: Rehearsal): string {
    const { outcome, stack, endpoint, copied, leftOut, applied, unsettled, seconds, kept } = rehearsal;
    const { organizations, people, sites, environments, domains } = copied;
    const things = [
        sayCount(organizations, "organization"),
        sayCount(people, "person", "people"),
        sayCount(sites, "site"),
        sayCount(environments, "environment"),
        sayCount(domains, "domain"),
    ];
    const rows: [string, string][] = [
        ["stack", stack],
        ["copied", `${things.join(", ")} from ${endpoint}`],
        ["changes", countDeeds(applied)],
        [
            "time",
            `copy ${inSeconds(seconds.copy)}, up ${inSeconds(seconds.up)}, preview after it ${inSeconds(seconds.preview)}`,
        ],
    ];
    const lines = [
        titles[outcome],
        ...columnLines(rows).map((line) => `  ${line}`),
        ...stepLines(applied),
        ...applied.errors.map((error) => indent(error, "  ")),
        ...(unsettled ?? []).map(
            ({ op, urn, changed }) =>
                `  would still ${op} ${urn}${changed.length > 0 ? `: ${changed.join(", ")}` : ""}`,
        ),
        ...leftOut.map(({ id, what, because }) => `  not copied: ${what} (${id}): ${because}`),
    ];
    if (kept !== undefined) {
        lines.push(
            `  the copy is at ${kept.url}, a token for it in ${kept.tokenFile}`,
            `  to end it: kill ${kept.pid} && rm -r ${kept.folder}`,
        );
    }
    return printable(lines.join("\n"));
}
