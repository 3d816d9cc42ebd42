import { csvText } from "../report/csv";
import type { Block, ReportDocument } from "../report/document";
import { documentMarkdown } from "../report/document-markdown";
import { documentPage } from "../report/document-page";
import { documentText } from "../report/document-text";
import type { ReportFormat } from "../report/file-format";
import { sayCount } from "../report/say-count";
import { accessRows, type CsvList, departureRows } from "./access-csv";
import type { AccessList, ClientAccess, Unseen } from "./access-list";
import type { Departure } from "./departure";

/** The content of a report, for every format. */
export interface AccessReport {
    document: ReportDocument;
    /** The same as one list, for a spreadsheet. */
    list: CsvList;
}

/** A writer for each format. */
export const reportWriters: Readonly<Record<Exclude<ReportFormat, "json">, (report: AccessReport) => string>> = {
    text: ({ document }) => documentText(document),
    markdown: ({ document }) => documentMarkdown(document),
    csv: ({ list: { head, rows } }) => csvText(head, rows),
    html: ({ document }) => documentPage(document),
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
    head,
    rows: rows.map((cells) => cells.map((cell) => [cell])),
});

/** A table with its heading; nothing where it would be empty. */
function section(heading: string, head: readonly string[], rows: readonly (readonly string[])[]): Block[] {
    return rows.length === 0 ? [] : [{ heading: [heading], level: 2 }, table(head, rows)];
}

function noteBlocks(notes: readonly string[]): Block[] {
    return notes.length === 0 ? [] : [{ entries: notes.map((note) => ({ words: [note] })) }];
}

const clientName = ({ name, id }: ClientAccess["client"]) => `${name} (${id})`;

function remarkOf({ status, isOwner }: ClientAccess): string {
    return [isOwner ? "owner" : "", status === "pending" ? "invited, not accepted yet" : ""].filter(Boolean).join(", ");
}

function declaredCell({ declaredBy }: Pick<ClientAccess, "declaredBy">): string[] {
    return declaredBy === undefined ? [] : [declaredBy ?? "nobody"];
}

function unseenNotes(unseen: readonly Unseen[]): string[] {
    return unseen.map(({ client, because }) => `Not seen: ${clientName(client)}: ${because}.`);
}

/** Shows the roles of people. People that the program declares and that are not there come last. */
export function accessReport({ endpoint, user, clients, list, unseen, missing }: AccessList): AccessReport {
    const people = new Set(list.map(({ person }) => person)).size;
    const rows = list.map((each) => [
        each.person,
        clientName(each.client),
        each.role,
        remarkOf(each),
        ...declaredCell(each),
    ]);
    const absent = (missing ?? []).map(({ person, client, declaredBy }) => [
        person,
        clientName(client),
        "none",
        "declared and not there",
        declaredBy,
    ]);
    const undeclared = list.filter(({ declaredBy }) => declaredBy === null).length;
    const counts = [
        sayCount(people, "person", "people"),
        `${sayCount(list.length, "membership")} of ${sayCount(clients.length - unseen.length, "client")}`,
        `seen by ${user} at ${endpoint}`,
    ];
    const gap = missing === undefined ? "" : `; nobody declares ${undeclared} of them`;
    const head = ["person", "client", "role", "remark", ...(missing === undefined ? [] : ["declared by"])];
    return {
        document: {
            title: "Who has access",
            summary: [counts.join(", "), gap],
            blocks: [table(head, [...rows, ...absent]), ...noteBlocks(unseenNotes(unseen))],
        },
        list: accessRows({ list, unseen, missing }),
    };
}

/** Shows the access that a person loses; obstacles come first. */
export function departureReport({ person, ends, pending, notes, unseen }: Departure): AccessReport {
    const first = ends.filter(({ handOver }) => handOver.length > 0);
    const hasProgram = [...ends, ...pending].some(({ declaredBy }) => declaredBy !== undefined);
    const head = ["client", "role", "remark", ...(hasProgram ? ["declared by"] : [])];
    const rowOf = (each: ClientAccess) => [clientName(each.client), each.role, remarkOf(each), ...declaredCell(each)];
    const handOver = first.flatMap((each) =>
        each.handOver.map(({ reason, remedy }) => [clientName(each.client), reason, remedy]),
    );
    const counts = [
        `${sayCount(ends.length, "membership")} to end, ${first.length} of them with something to hand over first`,
        `${sayCount(pending.length, "invitation")} to withdraw`,
    ];
    return {
        document: {
            title: `When ${person} leaves`,
            summary: [counts.join("; ")],
            blocks: [
                ...section("To hand over first", ["client", "why", "what to do"], handOver),
                ...section("Memberships that end", head, ends.map(rowOf)),
                ...section("Invitations to withdraw", head, pending.map(rowOf)),
                ...noteBlocks([...notes, ...unseenNotes(unseen)]),
            ],
        },
        list: departureRows({ ends, pending, unseen }),
    };
}
