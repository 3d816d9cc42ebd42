import type { Block } from "../report/document";
import { documentText } from "../report/document-text";
import { sayDaysLeft, sayMinute, sayOf, siteName } from "./estate-words";
import { endsSoon, figuresOf, sitesOf } from "./figures";
import type { EstateReport, SiteReport } from "./report";

const mostLines = 20;

/** A heading with a line for each row, and the number of rows beyond the limit. */
function listed(heading: string, rows: readonly (readonly string[])[]): Block[] {
    if (rows.length === 0) return [];
    const more = rows.length - mostLines;
    return [
        { heading: [`${heading} (${rows.length})`], level: 2 },
        { facts: rows.slice(0, mostLines).map((cells) => cells.map((cell) => [cell])) },
        ...(more > 0
            ? [{ entries: [{ words: [`and ${more.toLocaleString("en")} more: --format csv has all`] }] }]
            : []),
    ];
}

const daysOf = ({ certificateDaysLeft = Number.POSITIVE_INFINITY }: SiteReport) => certificateDaysLeft;

/** An estate at a glance: its numbers, and the sites that need attention. */
export function reportText(report: EstateReport): string {
    const { clients, sites, environments, hostnames, live, partlyLive, notLive, liveNotKnown, drifted, endingSoon } =
        figuresOf(report);
    const all = sitesOf(report);
    const figures: [string, number | string][] = [
        ["clients", clients],
        ["sites", sites],
        ["environments", environments],
        ["hostnames", hostnames],
        ["live", live],
        ["partly live", partlyLive],
        ["not live", notLive],
        ...(liveNotKnown > 0 ? [["live not known", liveNotKnown] as [string, number]] : []),
        ["drifted", drifted ?? "not asked"],
        ["certificate under 30 days", endingSoon],
    ];
    const drifting = all.filter(({ drift }) => drift.state === "drifted");
    const lost = [
        ...report.clients.flatMap(({ name, drift }) => drift.found.map((line) => [name, line])),
        ...report.goneDrift.map((line) => ["gone", line]),
    ];
    const ending = all.filter(endsSoon).sort((one, other) => daysOf(one) - daysOf(other));
    const blocks: Block[] = [
        { facts: figures.map(([name, value]) => [[name], [value.toLocaleString("en")]]) },
        ...listed(
            "drifted sites",
            drifting.map((site) => [siteName(site), site.id, site.drift.found.join("; ")]),
        ),
        ...listed("drifted clients", lost),
        ...listed(
            "certificates under 30 days",
            ending.map((site) => [siteName(site), site.id, sayDaysLeft(daysOf(site)).words]),
        ),
        ...listed(
            "not known",
            report.notKnown.map(({ what, because, of }) => [what, `of ${sayOf(of)}`, because]),
        ),
    ];
    return documentText({ title: `${report.endpoint}, ${sayMinute(report.at)}`, blocks });
}
