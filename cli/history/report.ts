import { sayMoment } from "pulumi-section/internal";
import { csvText } from "../report/csv";
import type { Block, ReportDocument, Words } from "../report/document";
import { documentMarkdown } from "../report/document-markdown";
import { documentPage } from "../report/document-page";
import { documentText } from "../report/document-text";
import { sayCount } from "../report/say-count";
import { type EnvironmentHistory, type HistoryCommit, type SiteHistory, shortId } from "./read-history";

const sayWho = ({ who: { name, email } }: HistoryCommit) => `${name} <${email}>`;

function rowOf(commit: HistoryCommit): Words[] {
    const { line, at, servedBy, what, program } = commit;
    const origin = program === undefined ? "" : `, program at ${shortId(program)}`;
    return [[{ copy: line }], [sayMoment(at)], [sayWho(commit)], [servedBy.join(", ")], [`${what}${origin}`]];
}

function blocksOf({ name, commits, hasMore }: EnvironmentHistory): Block[] {
    const last = commits.at(-1);
    const older: Block[] =
        hasMore && last !== undefined
            ? [
                  {
                      aside: [
                          `There are older commits: --environment ${name} --before ${shortId(last.commit)} shows them.`,
                      ],
                  },
              ]
            : [];
    return [
        { heading: [name], level: 2 },
        ...(commits.length === 0
            ? [{ paragraph: ["No commits."] }]
            : [{ head: ["line of a program", "when", "who", "now in", "what"], rows: commits.map(rowOf) }]),
        ...older,
    ];
}

/** The commits of a site as people read them. */
export function historyDocument({ site, client, environments }: SiteHistory): ReportDocument {
    const count = environments.reduce((sum, { commits }) => sum + commits.length, 0);
    return {
        title: `${site.hostname} (${site.id}) of ${client.name}`,
        summary: [`${sayCount(count, "commit")} of ${sayCount(environments.length, "environment")}, the newest first`],
        blocks: [
            ...environments.flatMap(blocksOf),
            {
                paragraph: [
                    "To put a commit live, write its line in the Environment of Production, without config, proxyChain and ownership.",
                ],
            },
        ],
    };
}

const columns = ["environment", "commit", "when", "who", "now in", "what", "stack", "resource", "program", "line"];

function historyCsv({ environments }: SiteHistory): string {
    const rows = environments.flatMap(({ id, commits }) =>
        commits.map((each) => {
            const { commit, at, servedBy, what, stack = "", resource = "", program = "", line } = each;
            return [id, commit, at, sayWho(each), servedBy.join(", "), what, stack, resource, program, line];
        }),
    );
    return csvText(columns, rows);
}

/** A writer for each format. */
export const historyWriters: Readonly<Record<string, (history: SiteHistory) => string>> = {
    text: (history) => documentText(historyDocument(history)),
    markdown: (history) => documentMarkdown(historyDocument(history)),
    csv: historyCsv,
    html: (history) => documentPage(historyDocument(history)),
};
